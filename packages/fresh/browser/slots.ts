import { type ComponentChild, type ComponentType, Fragment, h } from "preact";
import { SlotReference } from "../shared/slot_reference.ts";
import { endOf, islandAt, type Marker, slotsBetween } from "./markers.ts";

/** The data that islands are created from. */
export interface Islands {
  components: Readonly<Record<string, ComponentType>>;
  /** The props of every island on the page, by index. */
  props: readonly Record<string, unknown>[];
}

/**
 * Returns the element of an island on the page, with slot references replaced by the elements that the server
 * rendered. Elements that the island did not render initially are in a `<template>`.
 */
export function islandElement(marker: Marker, islands: Islands): ComponentChild {
  return elementWith(marker, islands, (id) => {
    const template = document.querySelector<HTMLTemplateElement>(`template#frsh-slot-${id}`);
    return template && childrenBetween(template.content.firstChild, null, islands);
  });
}

function elementWith(
  { name, index, start, end }: Marker,
  islands: Islands,
  hidden: (slot: number) => ComponentChild[] | null,
): ComponentChild {
  const component = islands.components[name];
  if (component === undefined) throw new Error(`Cannot hydrate the island ${name}: it is unknown`);
  const shown = slotsBetween(start, end);
  const filled = Object.entries(islands.props[index] ?? {}).map(([prop, value]) => {
    if (!(value instanceof SlotReference)) return [prop, value];
    const slot = shown.get(value.id);
    const children = slot === undefined
      ? hidden(value.id)
      : childrenBetween(slot.nextSibling, endOf(slot, "slot"), islands);
    return [prop, children && h(Fragment, null, ...children)];
  });
  return h(component, Object.fromEntries(filled));
}

/** Converts the nodes from `first` up to `end`, or to the last one if `end` is null, to Preact elements. */
function childrenBetween(first: Node | null, end: Node | null, islands: Islands): ComponentChild[] {
  const children: ComponentChild[] = [];
  for (let node = first; node !== null && node !== end; node = node.nextSibling) {
    const island = islandAt(node);
    if (island !== undefined) {
      // As on the published framework, a nested island does not get elements that it did not render.
      children.push(elementWith(island, islands, () => null));
      node = island.end;
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
      return [name, typeof property === "boolean" ? true : value];
    }),
  );
  return h(element.localName, attributes, ...childrenBetween(element.firstChild, null, islands));
}
