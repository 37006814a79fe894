import { readSecret } from "../lib/runtime/secret_files.ts";

/** The variables of the token that a task sends, the first that is set. */
const TOKENS = ["MILLRACE_TOKEN", "ADMIN_TOKEN"];
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** The server that a task talks to. */
export interface ServerAccess {
  /** `MILLRACE_URL`, by default this machine's at `PORT` and `BASE_PATH`. Ends with a slash. */
  url: URL;
  /** The headers that authenticate the task; none without a token. */
  headers: Record<string, string>;
  /** What to do about a response with this status, as the end of a sentence; empty if it is not about the token. */
  remedy(status: number): string;
}

/**
 * Reads the server's URL and token from the environment: `MILLRACE_TOKEN` or `ADMIN_TOKEN`, or a file named by
 * either with `_FILE`. Throws if the URL is not an http URL or a file cannot be read.
 */
export function readServerAccess(): ServerAccess {
  const source = TOKENS.find((name) => Deno.env.get(name) || Deno.env.get(`${name}_FILE`));
  const token = source === undefined ? undefined : readToken(source);
  return {
    url: readUrl(),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    remedy(status) {
      if (status !== UNAUTHORIZED && status !== FORBIDDEN) return "";
      return source === undefined
        ? `; give the task a token by ${TOKENS.join(" or ")}, or a file with it by ${
          TOKENS[0]
        }_FILE`
        : `; the token of ${source} was sent`;
    },
  };
}

function readToken(name: string): string | undefined {
  const env = Object.fromEntries([name, `${name}_FILE`].map((each) => [each, Deno.env.get(each)]));
  const secret = readSecret(name, env, Deno.readTextFileSync);
  if ("fault" in secret) throw new Error(secret.fault);
  return secret.value;
}

function readUrl(): URL {
  const here = `http://127.0.0.1:${Deno.env.get("PORT") || 8000}${Deno.env.get("BASE_PATH") ?? ""}`;
  const given = Deno.env.get("MILLRACE_URL") || here;
  const url = URL.parse(given);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new Error(`MILLRACE_URL is ${given}, which is not an http address`);
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
