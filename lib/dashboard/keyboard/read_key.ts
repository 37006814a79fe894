/** The relevant properties of a `KeyboardEvent`. */
export type KeyPress =
  & Pick<
    KeyboardEvent,
    "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing" | "defaultPrevented"
  >
  & { target: EventTarget | null };

/** Input types without text entry. */
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
 * Whether a key opens the palette: Ctrl-K or Cmd-K with any focus, unless another handler has used it.
 */
export function asksForPalette(press: KeyPress): boolean {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented } = press;
  return (ctrlKey || metaKey) && !altKey && !defaultPrevented && key.toLowerCase() === "k";
}

/** Whether the palette's field would take a key: a character, or one that corrects or chooses. */
export function isPaletteKey({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  return !ctrlKey && !metaKey && !altKey &&
    (key.length === 1 || key === "Backspace" || key === "Enter");
}

/**
 * Returns the character of a possible shortcut; null during text entry, with Ctrl, Alt or Cmd, or when another
 * handler has used the key.
 */
export function readCharacter(press: KeyPress): string | null {
  const { key, target } = press;
  if (key.length !== 1 || key === " " || press.repeat || press.isComposing) return null;
  if (press.ctrlKey || press.metaKey || press.altKey || press.defaultPrevented) return null;
  return isTypedIn(target) ? null : key;
}

/** Whether the element receives typed characters; a select does, too. */
function isTypedIn(target: EventTarget | null): boolean {
  const { localName, type, isContentEditable } = (target ?? {}) as Partial<HTMLInputElement>;
  if (localName === "input") return !UNTYPED.includes(type ?? "");
  return localName === "textarea" || localName === "select" || isContentEditable === true;
}
