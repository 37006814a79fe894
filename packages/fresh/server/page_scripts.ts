import { type ComponentChild, Fragment, h } from "preact";
import { ErrorOverlay } from "./error_overlay.ts";
import { currentPage } from "./page_state.ts";
import { serializeProps } from "./serialize_props.ts";

/**
 * Hydrates a page's islands in the browser: an inline module with the page's nonce, which imports the islands
 * and contains their props. A page without islands gets no script, except in development, where it reloads
 * after a change.
 */
export function PageScripts(): ComponentChild {
  const page = currentPage();
  if (page === null || !page.needsScripts) return null;
  const hidden = page.slots.map(({ content, shown }, id) =>
    shown ? null : h("template", { id: `frsh-slot-${id}` }, content)
  );
  const overlay = page.development
    ? h(ErrorOverlay, { error: page.error, root: page.snapshot.root })
    : null;
  return h(Fragment, null, ...hidden, h(BootScript, null), overlay);
}

/** Rendered after the templates, because their islands count, too. */
function BootScript(): ComponentChild {
  const page = currentPage();
  if (page === null) return null;
  const { basePath, snapshot: { buildId, client }, nonce } = page;
  const islands = [...page.islands.values()];
  const imports = islands.map(({ chunk }, i) =>
    `import{island as i${i}}from${JSON.stringify(basePath + chunk)};`
  );
  const components = islands.map(({ name, exportName }, i) =>
    `${JSON.stringify(name)}:i${i}[${JSON.stringify(exportName)}]`
  );
  const props = JSON.stringify(serializeProps(page.props)).replaceAll("<", "\\u003c");
  const boot = `import{boot}from${JSON.stringify(basePath + client.chunk)};`;
  const call = `boot(${JSON.stringify(buildId)},{${components.join()}},${props});`;
  return h("script", {
    type: "module",
    nonce,
    dangerouslySetInnerHTML: { __html: boot + imports.join("") + call },
  });
}
