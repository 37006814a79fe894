import { type ComponentType, h, render } from "preact";
import { setBuildId } from "../shared/build_id.ts";
import { parseProps } from "../shared/island_props.ts";
import { findIslands, fragmentBetween, type Marker } from "./markers.ts";
import { fillSlots } from "./slots.ts";

/** What the server tells a page about its islands. */
interface State {
  buildId: string;
  islands: { name: string; exportName: string; chunk: string }[];
  props: string;
}

/** Wakes the islands of the page. One that fails is reported, and leaves the others alone. */
async function boot({ buildId, islands, props: text }: State): Promise<void> {
  setBuildId(buildId);
  const components = new Map<string, ComponentType>();
  await Promise.all(islands.map(async ({ name, exportName, chunk }) => {
    try {
      const { island } = await import(chunk);
      components.set(name, island[exportName]);
    } catch (error) {
      reportError(error);
    }
  }));
  const props = parseProps(text);
  for (const marker of findIslands(document.body)) {
    try {
      wake(marker, components, props);
    } catch (error) {
      reportError(error);
    }
  }
}

function wake(
  marker: Marker,
  components: ReadonlyMap<string, ComponentType>,
  allProps: readonly Record<string, unknown>[],
): void {
  const component = components.get(marker.name);
  const props = allProps[marker.index];
  if (component === undefined || props === undefined) {
    throw new Error(`Cannot wake the island ${marker.name}: the page does not say how`);
  }
  const filled = fillSlots(props, { components, allProps });
  render(h(component, filled), fragmentBetween(marker.start, marker.end));
}

const state = document.getElementById("__FRSH_STATE")?.textContent;
// The server wrote this text; it and this module are of one build.
if (state) await boot(JSON.parse(state) as State);
