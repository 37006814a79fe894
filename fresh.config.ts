import type { FreshConfig } from "fresh";
import { parseBasePath } from "./lib/runtime/parse_base_path.ts";

/** Fresh's configuration, given to the application. */
export const freshConfig: FreshConfig = { basePath: basePathOf(Deno.env.get("BASE_PATH") ?? "") };

/** An invalid base path is ignored here: the node's startup reports it with all other errors. */
function basePathOf(text: string): string {
  try {
    return parseBasePath(text);
  } catch {
    return "";
  }
}
