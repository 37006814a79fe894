import assert from "node:assert/strict";
import { tidyTitle } from "../../lib/article/title.ts";

Deno.test("tidyTitle() trims and keeps the title on one line", () => {
  assert.equal(tidyTitle("  水车\n The water\0 wheel \u3000"), "水车 The water wheel");
  assert.equal(tidyTitle("A <b> & B"), "A <b> & B");
});
