/** DOM mutations of a page, from a `MutationObserver`. */
export interface PageChanges {
  records: number;
  texts: number;
  attributes: number;
  /** Records of added or removed nodes. */
  elements: number;
  /** Redundant records: texts and attributes set to the same value, and elements replaced by equal ones. */
  idle: number;
  /** The redundant records by selector, with their number. */
  places: Record<string, number>;
}

/**
 * Counts the page's mutations from now on in `window.changes`. Runs in the page, so it must not refer to the
 * module.
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

  /** Whether a record changed nothing: its old value equals the next record's, or the current one. */
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
