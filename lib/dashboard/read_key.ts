/** What is read of a `KeyboardEvent`. */
export type KeyPress =
  & Pick<
    KeyboardEvent,
    "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing" | "defaultPrevented"
  >
  & { target: EventTarget | null };

/** Inputs in which nothing is typed. */
const UNTYPED = [
  "button",
  "checkbox",
  "color",
  "file",
  "image",
  "radio",
  "range",
  "reset",
  "submit",
];

/**
 * Whether a key asks for the palette: Ctrl-K or Cmd-K, wherever the focus is, unless something else has
 * made use of it.
 */
export function asksForPalette(press: KeyPress): boolean {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented } = press;
  return (ctrlKey || metaKey) && !altKey && !defaultPrevented && key.toLowerCase() === "k";
}

/**
 * The character of a key that may be a shortcut, or null: nothing is one while somebody types, with
 * Ctrl, Alt or Cmd, or when something else has made use of it.
 */
export function readCharacter(press: KeyPress): string | null {
  const { key, target } = press;
  if (key.length !== 1 || key === " " || press.repeat || press.isComposing) return null;
  if (press.ctrlKey || press.metaKey || press.altKey || press.defaultPrevented) return null;
  return isTypedIn(target) ? null : key;
}

/** Whether what is typed goes into the element; a list of choices takes letters too. */
function isTypedIn(target: EventTarget | null): boolean {
  const { localName, type, isContentEditable } = (target ?? {}) as Partial<HTMLInputElement>;
  if (localName === "input") return !UNTYPED.includes(type ?? "");
  return localName === "textarea" || localName === "select" || isContentEditable === true;
}
