import { type ComponentChild, Fragment, type FunctionComponent, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { markWhole } from "./compression.ts";
import type { Context } from "./context.ts";
import { newNonce, setNonce } from "./nonce.ts";
import { newPageState, withPageState } from "./page_state.ts";
import "./render_hook.ts";
import type { LayoutConfig, PageProps } from "./route.ts";
import { type Scope, scopeOf } from "./scope.ts";

/** The props of a page, layout or wrapper in the request of `ctx`. */
export function propsOf<Data, State>(
  ctx: Context<State>,
  data: Data,
  Component: FunctionComponent,
): PageProps<Data, State> {
  const { config, url, req, params, info, state, error, route } = ctx;
  return { config, url, req, params, info, state, error, route, data, Component };
}

/** An HTML response with `vnode` in the layouts and the wrapper of its request. */
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
  const page = newPageState(snapshot, {
    development: ctx.config.mode === "development",
    pathname: ctx.url.pathname,
    nonce: newNonce(),
  });
  const html = withPageState(page, () => renderDocument(ctx, vnode, around, page.seen));

  const headers = new Headers(init.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  const response = markWhole(new Response(html, { ...init, headers }));
  setNonce(response, page.nonce);
  return response;
}

/**
 * The page comes first and its wrapper around the finished HTML, so that the document's head knows
 * what the page wants in it.
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

/** Adds what a document lacks of `<html>`, `<head>` and `<body>`. */
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
