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

  return h(Fragment, null, h(HiddenSlots, { from: 0 }), h(Wake, null));
}

/**
 * What islands were given and did not show, for when they do. Islands in there may hide something
 * in turn, which comes after.
 */
function HiddenSlots({ from }: { from: number }): ComponentChild {
  const slots = currentPage()?.slots ?? [];
  if (from === slots.length) return null;
  const hidden = slots.slice(from).map(({ shown }, index) => {
    const id = from + index;
    return shown ? null : h("template", { id: `frsh-slot-${id}` }, h(Slot, { id }));
  });
  return h(Fragment, null, ...hidden, h(HiddenSlots, { from: slots.length }));
}

function Wake(): ComponentChild {
  const page = currentPage();
  if (page === null) return null;
  const { client, buildId } = page.snapshot;
  const islands = [...page.islands.values()].map(({ name, exportName, chunk }) => ({
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
