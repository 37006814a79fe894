import { VERSION } from "../../runtime/version.ts";
import type { Config } from "../../runtime/config.ts";
import { createOpenApi } from "./openapi.ts";
import { OPERATIONS } from "./openapi_operations.ts";

/** Returns this node's OpenAPI document, with its public URL, else that of the request. */
export function describeInterface(
  config: Pick<Config, "publicUrls" | "basePath">,
  requestUrl: URL,
): ReturnType<typeof createOpenApi> {
  const [publicUrl = new URL(requestUrl.origin)] = config.publicUrls;
  const server = new URL(`${config.basePath}/`, publicUrl).href.replace(/\/$/, "");
  described ??= createOpenApi({ version: VERSION, server, operations: OPERATIONS });
  return { ...described, servers: [{ url: server }] };
}

/** The document of some server, which takes some ms to make. */
let described: ReturnType<typeof createOpenApi> | null = null;
