import { type ComponentChild, type ComponentType, Fragment, h } from "preact";
import { SlotReference } from "../shared/island_props.ts";
import { endOf, islandAt } from "./markers.ts";

/** What islands are made from. */
export interface Islands {
  components: ReadonlyMap<string, ComponentType>;
  allProps: readonly Record<string, unknown>[];
  /** What they are in: the page, or what an island around them did not show at first. */
  root: Node;
}

/** An island's props with the elements that the server rendered in place of references to them. */
export function fillSlots(
  props: Record<string, unknown>,
  islands: Islands,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      name,
      value instanceof SlotReference ? elementsOf(value.id, islands) : value,
    ]),
  );
}

function elementsOf(id: number, islands: Islands): ComponentChild {
  const template = document.querySelector<HTMLTemplateElement>(`template#frsh-slot-${id}`);
  const root = template?.content ?? islands.root;
  const start = findSlot(root, id);
  if (start === undefined) return null;
  const children = childrenBetween(start.nextSibling, endOf(start, "slot"), { ...islands, root });
  return h(Fragment, null, ...children);
}

function findSlot(root: Node, id: number): Comment | undefined {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Comment && node.data === `frsh:slot:${id}`) return node;
  }
  return undefined;
}

/** The nodes from `first` up to `end`, or to the last one when that is null, as Preact has them. */
function childrenBetween(first: Node | null, end: Node | null, islands: Islands): ComponentChild[] {
  const children: ComponentChild[] = [];
  for (let node = first; node !== null && node !== end; node = node.nextSibling) {
    const island = islandAt(node);
    if (island !== undefined) {
      children.push(islandElement(island, islands));
      node = endOf(node as Comment, "island");
    } else if (node instanceof Element) {
      children.push(elementOf(node, islands));
    } else if (node instanceof Text) {
      children.push(node.data);
    }
  }
  return children;
}

function elementOf(element: Element, islands: Islands): ComponentChild {
  const attributes = Object.fromEntries(
    [...element.attributes].map(({ name, value }) => {
      const property: unknown = Reflect.get(element, name);
      return [name, typeof property === "boolean" ? property : value];
    }),
  );
  const children = childrenBetween(element.firstChild, null, islands);
  return h(element.localName, attributes, ...children);
}

function islandElement(
  { name, index }: { name: string; index: number },
  islands: Islands,
): ComponentChild {
  const component = islands.components.get(name);
  if (component === undefined) throw new Error(`Cannot wake the island ${name}: it is unknown`);
  return h(component, fillSlots(islands.allProps[index] ?? {}, islands));
}
