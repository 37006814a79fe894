import { type ComponentChild, Fragment, h } from "preact";
import { stringifyProps } from "../shared/island_props.ts";
import { Slot } from "./island_boundary.ts";
import { currentPage } from "./page_state.ts";

/** The id of the element that holds what islands are woken with. */
const STATE_ID = "__FRSH_STATE";

/**
 * What wakes a page's islands in the browser: their props as JSON, and a module that reads them.
 * No script is inline. A page without islands gets nothing, except where it is worked on.
 */
export function PageScripts(): ComponentChild {
  const page = currentPage();
  if (page === null || page.snapshot.client.chunk === "") return null;
  if (page.islands.size === 0 && !page.development) return null;

  // Rendering a slot that its island hid may find islands in it, which may hide slots, and so on.
  const hidden = page.slots.map((slot, id) =>
    slot.shown ? null : h("template", { id: `frsh-slot-${id}` }, h(Slot, { id }))
  );
  return h(Fragment, null, hidden, h(Wake, null));
}

function Wake(): ComponentChild {
  const page = currentPage();
  if (page === null) return null;
  const { client, buildId } = page.snapshot;
  for (const chunk of [client.chunk, ...client.imports]) page.chunks.add(chunk);
  const islands = [...page.islands.values()].map((
    { name, exportName, chunk },
  ) => ({
    name,
    exportName,
    chunk,
  }));
  const state = { buildId, islands, props: stringifyProps(page.props) };
  return h(
    Fragment,
    null,
    h("script", {
      id: STATE_ID,
      type: "application/json",
      dangerouslySetInnerHTML: {
        __html: JSON.stringify(state).replaceAll("<", "\\u003c"),
      },
    }),
    h("script", { type: "module", src: client.chunk }),
  );
}
