import { type ComponentChild, Fragment, type FunctionComponent, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { type Context, type LayoutConfig, type PageProps, type Scope, scopeOf } from "./context.ts";
import { newNonce, setNonce } from "./nonce.ts";
import { newPageState, type PageState, withPageState } from "./page_state.ts";
import "./render_hook.ts";

/** The props of a page, layout or wrapper in the request of `ctx`. */
export function propsOf<Data, State>(
  ctx: Context<State>,
  data: Data,
  Component: FunctionComponent,
): PageProps<Data, State> {
  const { config, url, req, params, info, state, error, route } = ctx;
  return { config, url, req, params, info, state, error, route, data, Component };
}

/** Returns an HTML response with `vnode` in the layouts and the wrapper of its request. */
export function renderResponse<State>(
  ctx: Context<State>,
  vnode: VNode | null,
  init: ResponseInit,
  config: LayoutConfig,
): Response {
  const { snapshot, app, layouts } = ctx[scopeOf];
  const around = {
    app: config.skipAppWrapper ? null : app,
    layouts: config.skipInheritedLayouts ? [] : layouts,
  };
  const page = newPageState({
    snapshot,
    development: ctx.config.mode === "development",
    url: ctx.url,
    basePath: ctx.config.basePath,
    nonce: newNonce(),
    error: ctx.error,
  });
  const html = withPageState(page, () => renderDocument(ctx, vnode, around, page.seen));

  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  if (page.needsScripts) headers.append("link", preloads(page));
  const response = new Response(html, { ...init, headers });
  setNonce(response, page.nonce);
  return response;
}

/** Returns a `Link` header by which a browser preloads the page's modules. */
function preloads({ basePath, snapshot, islands }: PageState): string {
  const modules = [snapshot.client, ...islands.values()];
  return modules
    .map(({ chunk }) => `<${encodeURI(basePath + chunk)}>; rel="modulepreload"; as="script"`)
    .join(", ");
}

/**
 * The page is rendered first and its wrapper around the finished HTML, so that the document's head contains
 * the page's head elements.
 */
function renderDocument<State>(
  ctx: Context<State>,
  vnode: VNode | null,
  { app, layouts }: Pick<Scope<State>, "app" | "layouts">,
  seen: ReadonlySet<string>,
): string {
  let content: ComponentChild = vnode;
  for (const layout of layouts.toReversed()) {
    const child: ComponentChild = content;
    content = h(layout, propsOf<unknown, State>(ctx, null, () => child));
  }
  let html = renderToString(h(Fragment, null, content));
  if (app !== null) {
    const child = raw(html);
    html = renderToString(h(app, propsOf<unknown, State>(ctx, null, () => child)));
  }
  return `<!DOCTYPE html>${completeDocument(html, seen)}`;
}

/** Adds missing `<html>`, `<head>` and `<body>` elements to a document. */
function completeDocument(html: string, seen: ReadonlySet<string>): string {
  let document: ComponentChild = raw(html);
  if (!seen.has("body")) document = h("body", null, document);
  if (!seen.has("head")) {
    document = h(Fragment, null, h("head", null, h("meta", { charset: "utf-8" })), document);
  }
  if (seen.has("html")) return html;
  return renderToString(h("html", null, document));
}

function raw(html: string): VNode {
  return jsxTemplate([html]);
}
