import assert from "node:assert/strict";
import {
  asksForPalette,
  type KeyPress,
  readCharacter,
} from "../../../lib/dashboard/keyboard/read_key.ts";

function press(key: string, given: Partial<KeyPress> & { on?: object } = {}): KeyPress {
  const { on = { localName: "body" }, ...rest } = given;
  return {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    defaultPrevented: false,
    // Implements only the read parts of an element.
    target: on as EventTarget,
    ...rest,
  };
}

Deno.test("a character is read unchanged", () => {
  assert.equal(readCharacter(press("g")), "g");
  assert.equal(readCharacter(press("?")), "?");
  assert.equal(readCharacter(press("g", { target: null })), "g");
});

Deno.test("keys in text fields are ignored", () => {
  const fields = [
    { localName: "input", type: "search" },
    { localName: "input", type: "text" },
    { localName: "input", type: "password" },
    { localName: "textarea" },
    { localName: "select" },
    { localName: "p", isContentEditable: true },
  ];
  for (const on of fields) assert.equal(readCharacter(press("g", { on })), null, on.localName);
  assert.equal(readCharacter(press("g", { on: { localName: "input", type: "checkbox" } })), "g");
  assert.equal(readCharacter(press("g", { isComposing: true })), null);
});

Deno.test("other keys, modified keys, repeated keys and handled events are ignored", () => {
  for (const key of ["Enter", "Escape", "ArrowDown", "Dead", " "]) {
    assert.equal(readCharacter(press(key)), null, key);
  }
  for (const held of ["ctrlKey", "metaKey", "altKey", "repeat", "defaultPrevented"] as const) {
    assert.equal(readCharacter(press("g", { [held]: true })), null, held);
  }
});

Deno.test("only Ctrl-K and Cmd-K open the palette", () => {
  assert.ok(asksForPalette(press("k", { ctrlKey: true })));
  assert.ok(asksForPalette(press("K", { metaKey: true })));
  assert.ok(!asksForPalette(press("k")));
  assert.ok(!asksForPalette(press("k", { ctrlKey: true, altKey: true })));
  assert.ok(!asksForPalette(press("k", { ctrlKey: true, defaultPrevented: true })));
  assert.ok(!asksForPalette(press("j", { ctrlKey: true })));
});
