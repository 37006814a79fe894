import { type ComponentType, render } from "preact";
import { setBuildId } from "../shared/build_id.ts";
import { findIslands, fragmentBetween, type Marker } from "./markers.ts";
import { parseProps } from "./parse_props.ts";
import { islandElement, type Islands } from "./slots.ts";

/**
 * Hydrates the islands of the page, each in a separate task, so that the browser can paint and handle input in between. An island that throws is reported and does not affect the others.
 *
 * @throws {SyntaxError} If the props cannot be parsed.
 */
export function boot(
  buildId: string,
  components: Record<string, ComponentType>,
  props: string,
): void {
  setBuildId(buildId);
  const islands = { components, props: parseProps(props) };
  for (const marker of findIslands(document.body)) {
    if ("scheduler" in globalThis) {
      void globalThis.scheduler.postTask(() => hydrate(marker, islands));
    } else setTimeout(() => hydrate(marker, islands), 0);
  }
}

function hydrate(marker: Marker, islands: Islands): void {
  try {
    render(islandElement(marker, islands), fragmentBetween(marker.start, marker.end));
  } catch (error) {
    reportError(error);
  }
}
