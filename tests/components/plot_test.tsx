import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { Plot } from "../../components/charts/Plot.tsx";
import { createAxisVoice } from "../../lib/i18n/axis_voice.ts";

function pathOf(values: (number | null)[]): string {
  const html = render(
    <Plot
      label="A chart"
      axis={createAxisVoice("en")}
      from={0}
      to={60_000}
      lines={[{ name: "out", values }]}
    />,
  );
  return /class="s-out"><path[^>]* d="([^"]*)"/.exec(html)?.[1] ?? assert.fail(html);
}

Deno.test("a line has gaps where values are unknown", () => {
  assert.equal(pathOf([1, 1, null, null, 1, 1]), "M0 0L200 0M800 0L1000 0");
});

Deno.test("a value between unknown ones is a dot", () => {
  assert.equal(pathOf([null, 1, null, 1, null]), "M250 0h.1M750 0h.1");
  assert.equal(pathOf([null, null, 1]), "M1000 0h.1");
});
