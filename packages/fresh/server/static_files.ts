import { CACHE_KEY } from "../shared/asset.ts";
import { getBuildId } from "../shared/build_id.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import { type Context, scopeOf } from "./context.ts";
import type { Middleware } from "./middleware.ts";
import type { StaticFile } from "./snapshot.ts";

/** Serves the files of the static folder, and the scripts that a build made. Nothing is compressed. */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const pathname = filePath(ctx.url, ctx.config);
    if (pathname === undefined) return ctx.next();
    const file = pathname === "/" ? undefined : await ctx[scopeOf].snapshot.findFile(pathname);
    if (file === undefined) {
      // Browsers request a favicon unprompted: no page is rendered for it.
      return pathname === "/favicon.ico" ? new Response(null, { status: 404 }) : ctx.next();
    }

    const { method } = ctx.req;
    if (method !== "GET" && method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405 });
    }
    const key = ctx.url.searchParams.get(CACHE_KEY);
    if (key !== null && key !== getBuildId()) return redirectToCurrent(ctx.url);
    return await serve(ctx, file, key !== null);
  };
}

/** Returns the decoded path below the base path, or undefined if it cannot be decoded. */
function filePath({ pathname }: URL, { basePath }: ResolvedFreshConfig): string | undefined {
  const below = basePath === "" ? pathname : pathname.slice(basePath.length);
  try {
    const names = decodeURIComponent(below).split("/").filter((name) => name !== "");
    return `/${names.join("/")}`;
  } catch {
    return undefined;
  }
}

/** Redirects a request from another build's page to the file of this build. */
function redirectToCurrent(url: URL): Response {
  const current = new URL(url);
  current.searchParams.delete(CACHE_KEY);
  return new Response(null, {
    status: 307,
    headers: { location: current.pathname + current.search },
  });
}

async function serve<State>(
  { req, url, config }: Context<State>,
  file: StaticFile,
  hasKey: boolean,
): Promise<Response> {
  const headers = new Headers({ "content-type": file.contentType, vary: "If-None-Match" });
  const production = config.mode === "production";
  if (production && file.hash !== null) {
    const etag = `W/"${file.hash}"`;
    const known = req.headers.get("if-none-match");
    // The published package accepts its hash as it is, too.
    if (known === etag || known === file.hash) {
      return new Response(null, { status: 304, headers });
    }
    headers.set("etag", etag);
  }
  const ofBuild = hasKey ||
    url.pathname.startsWith(`${config.basePath}/_fresh/js/${getBuildId()}/`);
  headers.set(
    "cache-control",
    production && ofBuild
      ? "public, max-age=31536000, immutable"
      : "no-cache, no-store, max-age=0, must-revalidate",
  );
  const body = await file.read();
  headers.set("content-length", String(body.byteLength));
  return new Response(req.method === "HEAD" ? null : body, { headers });
}
