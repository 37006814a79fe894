import { type ComponentType, h, render } from "preact";
import { setBuildId } from "../shared/build_id.ts";
import { parseProps } from "../shared/island_props.ts";
import { findIslands, fragmentBetween, type Marker } from "./markers.ts";
import { fillSlots, type Islands } from "./slots.ts";

/** What the server tells a page about its islands. */
interface State {
  buildId: string;
  islands: { name: string; exportName: string; chunk: string }[];
  props: string;
}

/**
 * Wakes the islands of the page, each in a task of its own, so that the browser can paint the page that
 * the server made, and answer its user, in between. One that fails is reported, and leaves the others
 * alone.
 */
async function boot({ buildId, islands, props }: State): Promise<void> {
  setBuildId(buildId);
  await painted();
  const components = new Map<string, ComponentType>();
  await Promise.all(islands.map(async ({ name, exportName, chunk }) => {
    try {
      const { island } = await import(chunk);
      components.set(name, island[exportName]);
    } catch (error) {
      reportError(error);
    }
  }));
  const source = { components, allProps: parseProps(props), root: document.body };
  for (const marker of findIslands(document.body)) {
    inTask(() => {
      try {
        wake(marker, source);
      } catch (error) {
        reportError(error);
      }
    });
  }
}

/** Resolves when the page that the server made can be seen: until then its scripts are in the way. */
function painted(): Promise<void> {
  if (document.visibilityState === "hidden") return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Runs `work` soon, after what the browser holds more urgent. */
function inTask(work: () => void): void {
  if ("scheduler" in globalThis) void globalThis.scheduler.postTask(work);
  else setTimeout(work, 0);
}

function wake({ name, index, start, end }: Marker, islands: Islands): void {
  const component = islands.components.get(name);
  const props = islands.allProps[index];
  if (component === undefined || props === undefined) {
    throw new Error(`Cannot wake the island ${name}: its code or its props are missing`);
  }
  render(h(component, fillSlots(props, islands)), fragmentBetween(start, end));
}

const state = document.getElementById("__FRSH_STATE")?.textContent;
// The server wrote this text; it and this module are of one build.
if (state) await boot(JSON.parse(state) as State);
