/** How a page's elements have changed, by the records of a `MutationObserver`. */
export interface PageChanges {
  records: number;
  texts: number;
  attributes: number;
  /** Of which elements or texts came or went. */
  elements: number;
  /** Records of texts and attributes that are as they were, and of elements replaced by equal ones. */
  idle: number;
  /** Where the idle ones were: a selector, and how many. */
  places: Record<string, number>;
}

/**
 * Counts the changes of a page from now on, in `window.changes`. It runs in the page, so it is one
 * function that needs nothing around it.
 */
export function watchChanges() {
  const changes: PageChanges = {
    records: 0,
    texts: 0,
    attributes: 0,
    elements: 0,
    idle: 0,
    places: {},
  };
  Reflect.set(globalThis, "changes", changes);

  const place = (node: Node) => {
    const element = node instanceof Element ? node : node.parentElement;
    return element === null ? "#text" : `${element.localName}.${element.getAttribute("class")}`;
  };
  const look = (nodes: NodeList) =>
    [...nodes].map((node) => node instanceof Element ? node.outerHTML : node.textContent).join();

  /** Whether a record found things as they are left by the next one of the same place, or by now. */
  const isIdle = (record: MutationRecord, later: MutationRecord[]): boolean => {
    const { type, target, attributeName, oldValue, addedNodes, removedNodes } = record;
    if (type === "childList") {
      return addedNodes.length > 0 && look(addedNodes) === look(removedNodes);
    }
    const next = later.find((other) =>
      other.type === type && other.target === target && other.attributeName === attributeName
    );
    if (next !== undefined) return next.oldValue === oldValue;
    const now = type === "characterData"
      ? (target as CharacterData).data
      : (target as Element).getAttribute(attributeName ?? "");
    return now === oldValue;
  };

  new MutationObserver((records) => {
    records.forEach((record, index) => {
      changes.records++;
      if (record.type === "characterData") changes.texts++;
      if (record.type === "attributes") changes.attributes++;
      if (record.type === "childList") changes.elements++;
      if (!isIdle(record, records.slice(index + 1))) return;
      changes.idle++;
      const name = `${place(record.target)} ${record.attributeName ?? record.type}`;
      changes.places[name] = (changes.places[name] ?? 0) + 1;
    });
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    characterDataOldValue: true,
    attributes: true,
    attributeOldValue: true,
  });
}
