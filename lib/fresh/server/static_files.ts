import { Context as HonoContext } from "hono";
import { etag } from "hono/etag";
import { CACHE_KEY } from "../shared/asset.ts";
import { getBuildId } from "../shared/build_id.ts";
import { markWhole } from "./compression.ts";
import type { Context } from "./context.ts";
import type { Middleware } from "./middleware.ts";
import { scopeOf } from "./scope.ts";
import type { StaticFile } from "./snapshot.ts";

const revalidate = etag();

/** Serves the files of the static folder, and the scripts that a build made. */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const pathname = decodePath(ctx.url.pathname);
    const file = pathname === undefined || pathname === "/"
      ? undefined
      : await ctx[scopeOf].snapshot.findFile(pathname);
    if (file === undefined) return ctx.next();

    const { method } = ctx.req;
    if (method !== "GET" && method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405 });
    }
    const key = ctx.url.searchParams.get(CACHE_KEY);
    if (key !== null && key !== getBuildId()) return redirectToCurrent(ctx.url);
    return await serve(ctx, file, key !== null);
  };
}

/** Sends a reader of another build's page to the file as it is now. */
function redirectToCurrent(url: URL): Response {
  const current = new URL(url);
  current.searchParams.delete(CACHE_KEY);
  return new Response(null, {
    status: 307,
    headers: { location: current.pathname + current.search },
  });
}

async function serve<State>(
  ctx: Context<State>,
  file: StaticFile,
  keyed: boolean,
): Promise<Response> {
  const readBrotli = takesBrotli(ctx.req) ? file.readBrotli : undefined;
  const body = await (readBrotli ?? file.read)();
  const ofBuild = keyed ||
    ctx.url.pathname.startsWith(`/_fresh/js/${getBuildId()}/`);
  const forGood = ofBuild && ctx.config.mode === "production";
  const headers = new Headers({
    "content-type": file.contentType,
    "content-length": String(body.byteLength),
    "cache-control": forGood ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (file.readBrotli !== undefined) headers.set("vary", "accept-encoding");
  if (readBrotli !== undefined) headers.set("content-encoding", "br");
  if (file.hash === null) return new Response(body, { headers });

  headers.set("etag", `W/"${file.hash}"`);
  const context = new HonoContext(ctx.req);
  await revalidate(context, () => {
    context.res = markWhole(new Response(body, { headers }));
    return Promise.resolve();
  });
  return context.res;
}

function takesBrotli({ headers }: Request): boolean {
  return /(?:^|,)\s*br\s*(?:,|$)/.test(headers.get("accept-encoding") ?? "");
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
