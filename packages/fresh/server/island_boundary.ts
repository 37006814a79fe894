import {
  type AnyComponent,
  type ComponentChild,
  type ComponentChildren,
  createContext,
  Fragment,
  h,
  isValidElement,
} from "preact";
import { useContext } from "preact/hooks";
import { isSignal } from "../shared/signals.ts";
import { SlotReference } from "../shared/slot_reference.ts";
import { currentPage } from "./page_state.ts";
import type { Island } from "./snapshot.ts";

const InsideIsland = createContext(false);
const bare = new WeakSet<object>();

/** Whether an island's element is rendered directly, because its boundary created it. */
export function isBare(vnode: object): boolean {
  return bare.has(vnode);
}

interface BoundaryProps {
  island: Island;
  component: AnyComponent;
  given: Record<string, unknown>;
}

/**
 * Renders an island between two comments that mark its position and its props. A nested island is part of the
 * outer one and needs neither.
 */
export function IslandBoundary({ island, component, given }: BoundaryProps): ComponentChild {
  const inside = useContext(InsideIsland);
  const page = currentPage();
  if (page === null || inside) return bareElement(component, given);

  const shown: Record<string, unknown> = {};
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name !== "children" && !isElement(value)) {
      shown[name] = kept[name] = value;
      continue;
    }
    const id = page.slots.push({ content: value as ComponentChildren, shown: false }) - 1;
    shown[name] = h(Slot, { id });
    kept[name] = new SlotReference(id);
  }
  const index = page.props.push(kept) - 1;
  page.islands.set(island.name, island);
  const child = h(InsideIsland.Provider, { value: true }, bareElement(component, shown));
  return between(`frsh:island:${island.name}:${index}`, child, "/frsh:island");
}

function bareElement(component: AnyComponent, props: Record<string, unknown>): ComponentChild {
  const vnode = h(component, props);
  bare.add(vnode);
  return vnode;
}

/** Elements passed to an island, between two comments by which the browser finds them. */
export function Slot({ id }: { id: number }): ComponentChild {
  const slot = currentPage()?.slots[id];
  if (slot === undefined) return null;
  slot.shown = true;
  const content = h(InsideIsland.Provider, { value: false }, slot.content);
  return between(`frsh:slot:${id}`, content, "/frsh:slot");
}

function between(start: string, child: ComponentChild, end: string): ComponentChild {
  return h(Fragment, null, comment(start), child, comment(end));
}

function comment(text: string): ComponentChild {
  const props: Record<string, unknown> = { UNSTABLE_comment: text };
  return h(Fragment, props);
}

/** Whether a value is an element. To Preact a signal is one, too: its text. */
function isElement(value: unknown): boolean {
  return isValidElement(value) && !isSignal(value);
}
