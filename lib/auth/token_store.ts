import { createHmac, timingSafeEqual } from "node:crypto";
import type { Logger } from "@logtape/logtape";
import { toError } from "../runtime/errors.ts";
import {
  type AccessToken,
  type EnvironmentTokens,
  environmentTokens,
  parseTokensFile,
  tokenDigest,
} from "./token_roles.ts";

/** The polling interval of the file. */
const POLL_MS = 2_000;

/** The tokens of the configuration. */
export interface TokenSource extends EnvironmentTokens {
  readonly tokensFile: string | null;
}

/** The currently valid tokens. */
export interface TokenStore extends AsyncDisposable {
  /** Returns the token, or null, in constant time. */
  find(token: string): AccessToken | null;
  /** Returns a mark that ties a session to its token; null when the token is gone. */
  mark(name: string, salt: string): string | null;
  /** Reloads the tokens file, if there is one; also runs every two seconds. */
  refresh(): Promise<void>;
}

/**
 * Loads the configured tokens and watches the tokens file. Throws when the file is invalid at startup; later, an
 * invalid file is logged and the tokens stay unchanged.
 */
export async function openTokenStore(source: TokenSource, logger: Logger): Promise<TokenStore> {
  const { tokensFile } = source;
  const fixed = environmentTokens(source);
  let text: string | null = null;
  let fault = "";
  let tokens = fixed;
  let reloading: Promise<void> | null = null;

  async function read(path: string) {
    const current = await Deno.readTextFile(path);
    if (current === text) return;
    const listed = parseTokensFile(current);
    for (const { name, digest } of fixed) {
      const other = listed.find((each) => each.name === name || isEqual(each.digest, digest));
      if (other !== undefined) throw new Error(`${other.name} is the name or the token of ${name}`);
    }
    if (text !== null) {
      logger.info("Reloaded the tokens file: {count} tokens.", { count: listed.length });
    }
    text = current;
    tokens = [...fixed, ...listed];
  }

  async function reload(path: string) {
    try {
      await read(path);
      fault = "";
    } catch (error) {
      const { message } = toError(error);
      if (message === fault) return;
      fault = message;
      logger.error("Cannot load TOKENS_FILE; the previous tokens remain valid: {error}", {
        error: message,
      });
    } finally {
      reloading = null;
    }
  }

  if (tokensFile !== null) {
    await read(tokensFile).catch((cause) => {
      throw new Error(`Cannot start: TOKENS_FILE ${tokensFile}: ${toError(cause).message}`, {
        cause,
      });
    });
  }
  const refresh = () => tokensFile === null ? Promise.resolve() : reloading ??= reload(tokensFile);
  const timer = tokensFile === null ? undefined : setInterval(refresh, POLL_MS);

  return {
    find(token) {
      const digest = tokenDigest(token);
      let found: AccessToken | null = null;
      for (const each of tokens) if (isEqual(digest, each.digest)) found = each;
      return found;
    },
    mark(name, salt) {
      const token = tokens.find((each) => each.name === name);
      if (token === undefined) return null;
      // Long enough to detect a changed token, too short to recover it.
      return createHmac("sha256", salt).update(token.digest).update(token.role).digest("hex")
        .slice(0, 8);
    },
    refresh,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await reloading;
    },
  };
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
