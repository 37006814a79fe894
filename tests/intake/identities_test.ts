import assert from "node:assert/strict";
import { createIdentities } from "../../lib/intake/identities.ts";
import { textSource } from "../../lib/intake/text_source.ts";
import { incoming } from "../support/incoming.ts";

const one = incoming({ sources: ["s", "link-1"], content: "one" });
const two = incoming({ sources: ["s", "link-2"], content: "two" });
const sources = (identities: { source: string }[]) => identities.map(({ source }) => source);

Deno.test("the first source is the identity, and the hash of the text otherwise", () => {
  const { identities, shared } = createIdentities().identify([one, incoming()]);
  assert.deepEqual(sources(identities), ["s", textSource(incoming())]);
  assert.deepEqual(shared, []);
});

Deno.test("a source with several texts is not an identity, so the next source is used", () => {
  const { identities, shared } = createIdentities().identify([one, two]);
  assert.deepEqual(sources(identities), [textSource(one), "link-2"]);
  assert.deepEqual(shared, [{ source: "s", isEarlier: false }]);
});

Deno.test("it stays unusable in the rest of the import, and a repeated text is a duplicate", () => {
  const known = createIdentities();
  assert.deepEqual(sources(known.identify([one, one]).identities), ["s", "s"]);
  assert.deepEqual(known.identify([two]).shared, [{ source: "s", isEarlier: false }]);
  assert.deepEqual(sources(known.identify([one]).identities), ["link-1"]);
});

Deno.test("a source known as ambiguous is not used, and reported once an article has it", () => {
  const known = createIdentities();
  known.share(["s"]);
  assert.deepEqual(known.identify([incoming()]).shared, []);
  const { identities, shared } = known.identify([one]);
  assert.deepEqual(sources(identities), ["link-1"]);
  assert.deepEqual(shared, [{ source: "s", isEarlier: true }]);
  known.share(["s"]);
  assert.deepEqual(known.identify([two]).shared, []);
});

Deno.test("the same text without a source is accepted once per file", () => {
  const inFile = (name: string) =>
    sources(createIdentities(name).identify([incoming()]).identities);
  assert.deepEqual(inFile("a.csv"), inFile("a.csv"));
  assert.notDeepEqual(inFile("a.csv"), inFile("b.csv"));
  assert.notDeepEqual(inFile("a.csv"), inFile(""));
});
