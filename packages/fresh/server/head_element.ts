import { type ComponentChild, Fragment, h } from "preact";
import { useContext } from "preact/hooks";
import { HeadContext } from "../shared/head.ts";
import { currentPage } from "./page_state.ts";

/** Tags that belong in a head. */
const HEAD_TAGS = new Set([
  "title",
  "meta",
  "link",
  "script",
  "style",
  "base",
  "noscript",
  "template",
]);

const placed = new WeakSet<object>();

/** Whether an element with `tag` must be placed by {@linkcode HeadElement}. */
export function isUnplaced(tag: string, vnode: object): boolean {
  return HEAD_TAGS.has(tag) && !placed.has(vnode);
}

interface HeadElementProps {
  tag: string;
  given: Record<string, unknown>;
  /** The element's key, if it has one. */
  name: unknown;
}

/**
 * An element that may belong in a head: inside a `<Head>`, it is collected; elsewhere, it is replaced by the
 * collected element of the same identity, or rendered in place. As on the published framework, an SVG's
 * `<title>` is therefore replaced by the page's.
 */
export function HeadElement({ tag, given, name }: HeadElementProps): ComponentChild {
  const inHead = useContext(HeadContext);
  const hasKey = name !== undefined && name !== null;
  const element = h(tag, hasKey ? { ...given, "data-key": name } : given);
  placed.add(element);

  const kept = currentPage()?.head;
  const identity = hasKey ? String(name) : identityOf(tag, given);
  if (inHead) {
    kept?.set(identity, element);
    return null;
  }
  const wanted = kept?.get(identity);
  kept?.delete(identity);
  return wanted ?? element;
}

/** The collected elements that the application's wrapper does not contain. */
export function RemainingHead(): ComponentChild {
  return h(Fragment, null, ...currentPage()?.head.values() ?? []);
}

/**
 * Elements without keys are the same if their identities are equal. As on the published framework, the
 * identity of a `<link>` excludes its `href`: only one of all stylesheets without keys is kept.
 */
function identityOf(tag: string, props: Record<string, unknown>): string {
  if (tag === "title") return tag;
  const parts = Object.keys(props).sort().map((name) => {
    if (name === "children" || name === "nonce" || name === "ref") return "";
    if (tag === "meta" && name === "content" || tag === "link" && name === "href") return "";
    const value = props[name];
    if (name !== "dangerouslySetInnerHTML") return `::${value}`;
    return typeof value === "object" && value !== null ? `${Reflect.get(value, "__html")}` : "";
  });
  return tag + parts.join("");
}
