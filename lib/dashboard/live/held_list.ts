/** Marks a list whose rows have a `data-key` and are not updated while the reader uses one. */
const LIST = "[data-list]";
/** Marks a list that is held likewise, but does not offer new rows. */
const STILL = "[data-still]";
const KEY = "data-key";

/** Whether a row is hovered, focused or checked. */
export function isHeld(element: Element): boolean {
  return element.matches(`${LIST}, ${STILL}`) &&
    element.querySelector(`[${KEY}]:is(:hover, :focus-within, :has(:checked))`) !== null;
}

/** Returns the number of new rows that are held back, over all held lists. */
export function newRows(shown: Element, wanted: Element): number {
  let count = 0;
  const lists = [...wanted.querySelectorAll(LIST)];
  [...shown.querySelectorAll(LIST)].forEach((list, at) => {
    if (!isHeld(list)) return;
    const known = new Set(keysIn(list));
    count += keysIn(lists[at]).filter((key) => !known.has(key)).length;
  });
  return count;
}

function keysIn(list: Element | undefined): (string | null)[] {
  const rows = list?.querySelectorAll(`[${KEY}]`) ?? [];
  return [...rows].map((row) => row.getAttribute(KEY));
}
