import type { AnyComponent, ComponentChildren } from "preact";
import { h, options } from "preact";
import { asset, assetSrcSet } from "../shared/asset.ts";
import { HeadElement, isUnplaced, RemainingHead } from "./head_element.ts";
import { isBare, IslandBoundary } from "./island_boundary.ts";
import { linkState } from "./link_state.ts";
import { PageScripts } from "./page_scripts.ts";
import { currentPage, type PageState } from "./page_state.ts";

type Props = Record<string, unknown> & { children?: ComponentChildren };

/** The parts of an element that are read and changed here. */
interface Rendered {
  type: unknown;
  props: Props;
  key: unknown;
}

/** Preact calls `__b`, as its published build names it, before it renders an element. */
const hooks: { __b?: (vnode: Rendered) => void } & typeof options = options;

const before = hooks.__b;
hooks.__b = (vnode) => {
  const page = currentPage();
  if (page !== null) prepare(page, vnode);
  before?.(vnode);
};

/**
 * As on the published framework, a link is marked when its element is made, before hooks that were set earlier change
 * its address.
 */
const beforeMade = options.vnode;
options.vnode = (vnode) => {
  const page = currentPage();
  if (page !== null && vnode.type === "a") {
    Object.assign(vnode.props, linkState({ ...vnode.props }, page.url));
  }
  beforeMade?.(vnode);
};

/** Changes or replaces an element before it is rendered. */
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
    case "img":
    case "source":
      vnode.props = withBuildId(props);
      break;
    case "html":
      page.seen.add(type);
      break;
    case "head":
      page.seen.add(type);
      vnode.props = { ...props, children: [props.children, h(RemainingHead, null)] };
      break;
    case "body":
      page.seen.add(type);
      vnode.props = { ...props, children: [props.children, h(PageScripts, null)] };
      break;
    default:
      if (typeof type !== "string" || !isUnplaced(type, vnode)) return;
      replace(vnode, HeadElement, {
        tag: type,
        given: withNonce(type, props, page.nonce),
        name: vnode.key,
      });
  }
}

function replace(vnode: Rendered, component: unknown, props: Props): void {
  vnode.type = component;
  vnode.props = props;
}

/** Adds the build's id to image URLs, unless `data-fresh-disable-lock` is set. */
function withBuildId(props: Props): Props {
  const { src, srcset } = props;
  if (props["data-fresh-disable-lock"]) return props;
  return {
    ...props,
    ...(typeof src === "string" && { src: asset(src) }),
    ...(typeof srcset === "string" && { srcset: assetSrcSet(srcset) }),
  };
}

function withNonce(tag: string, props: Props, nonce: string): Props {
  return (tag === "script" || tag === "style") && !props.nonce ? { ...props, nonce } : props;
}
