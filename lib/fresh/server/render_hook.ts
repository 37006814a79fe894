import type { AnyComponent, ComponentChild, ComponentChildren } from "preact";
import { Fragment, h, options } from "preact";
import { useContext } from "preact/hooks";
import { HeadContext } from "../shared/head.ts";
import { linkState } from "./link_state.ts";
import { isBare, IslandBoundary } from "./island_boundary.ts";
import { currentPage, type PageState } from "./page_state.ts";
import { PageScripts } from "./page_scripts.ts";

type Props = Record<string, unknown> & { children?: ComponentChildren };

/** An element, as much of it as is read and changed here. */
interface Rendered {
  type: unknown;
  props: Props;
  key: unknown;
}

/** Preact calls `__b`, as its published build has it, before it renders an element. */
const hooks: { __b?: (vnode: Rendered) => void } & typeof options = options;

const before = hooks.__b;
hooks.__b = (vnode) => {
  const page = currentPage();
  if (page !== null) prepare(page, vnode);
  before?.(vnode);
};

const HEAD_TAGS = new Set(["title", "meta", "link", "script", "style", "base", "noscript"]);
const placed = new WeakSet<object>();

/** Changes an element that is about to be rendered into what the page needs in its place. */
function prepare(page: PageState, vnode: Rendered): void {
  const { type, props } = vnode;
  if (typeof type === "function") {
    const island = page.snapshot.islands.get(type as AnyComponent);
    if (island !== undefined && !isBare(vnode)) {
      replace(vnode, IslandBoundary, { island, component: type, given: props });
    }
    return;
  }
  switch (type) {
    case "a":
      vnode.props = { ...props, ...linkState(props.href, page.pathname) };
      break;
    case "html":
      page.seen.add(type);
      break;
    case "head":
      page.seen.add(type);
      vnode.props = {
        ...props,
        children: h(HeadContext.Provider, { value: "document" }, props.children, h(HeadRest, null)),
      };
      break;
    case "body":
      page.seen.add(type);
      vnode.props = { ...props, children: [props.children, h(PageScripts, null)] };
      break;
    default:
      if (typeof type !== "string" || !HEAD_TAGS.has(type) || placed.has(vnode)) return;
      replace(vnode, HeadElement, { tag: type, given: props, name: vnode.key });
  }
}

function replace(vnode: Rendered, component: unknown, props: Props): void {
  vnode.type = component;
  vnode.props = props;
}

function nonced(tag: string, props: Props, nonce: string | undefined): Props {
  const inline = tag === "script" || tag === "style";
  return inline && nonce !== undefined && !props.nonce ? { ...props, nonce } : props;
}

interface HeadElementProps {
  tag: string;
  given: Props;
  /** The element's key, if it has one. */
  name: unknown;
}

/** An element that may be of a head: kept for it, replaced in it, or simply where it is. */
function HeadElement({ tag, given, name }: HeadElementProps): ComponentChild {
  const place = useContext(HeadContext);
  const element = h(tag, nonced(tag, given, currentPage()?.nonce));
  placed.add(element);
  if (place === "elsewhere") return element;

  const head = currentPage()?.head;
  const key = headKey(tag, given, name);
  if (place === "page") {
    head?.set(key, element);
    return null;
  }
  const wanted = head?.get(key);
  head?.delete(key);
  return wanted ?? element;
}

/** What the page wants in the head and the wrapper did not have. */
function HeadRest(): ComponentChild {
  return h(Fragment, null, ...currentPage()?.head.values() ?? []);
}

/** Two elements with the same key are not both in one head. */
function headKey(tag: string, props: Props, name: HeadElementProps["name"]): string {
  if (name !== null && name !== undefined) return `${tag}#${name}`;
  if (tag === "title") return tag;
  const ignored = new Set([
    "children",
    "nonce",
    ...(tag === "meta" ? ["content"] : []),
  ]);
  const given = Object.entries(props).filter(([attribute]) => !ignored.has(attribute)).sort();
  return JSON.stringify([tag, given]);
}
