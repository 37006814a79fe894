/**
 * The server that a task talks to: `MILLRACE_URL`, by default this machine's at `PORT`. Ends with a slash.
 * Throws if it is not an http URL.
 */
export function serverUrl(): URL {
  const here = `http://127.0.0.1:${Deno.env.get("PORT") || 8000}`;
  const given = Deno.env.get("MILLRACE_URL") || here;
  const isHttp = URL.canParse(given) && ["http:", "https:"].includes(new URL(given).protocol);
  if (!isHttp) throw new Error(`MILLRACE_URL is ${given}, which is not an http address`);
  const url = new URL(given);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
