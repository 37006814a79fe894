import { getLogger } from "@logtape/logtape";
import { openTokenStore } from "../../lib/auth/token_store.ts";
import type { Config } from "../../lib/runtime/config.ts";
import { toError } from "../../lib/runtime/errors.ts";
import { type Finding, right, wrong } from "./finding.ts";

/** Checks that the tokens file, if there is one, can be read and used. */
export async function checkTokensFile(config: Config): Promise<Finding[]> {
  if (config.tokensFile === null) return [];
  try {
    await using _tokens = await openTokenStore(config, getLogger("doctor"));
    return [right("TOKENS_FILE", "can be used")];
  } catch (thrown) {
    const found = toError(thrown).message.replace(/^Cannot start: TOKENS_FILE /, "");
    return [
      wrong("TOKENS_FILE", found, "See docs/configuration.md, or SECURITY.md for its format"),
    ];
  }
}
