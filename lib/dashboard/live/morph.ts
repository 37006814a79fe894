/** Whether to skip an element with its descendants. */
export type Holds = (shown: Element) => boolean;

/**
 * Morphs `shown` into `wanted` with a minimal number of DOM changes, so that focus, selections, open details and
 * form input are preserved. Elements are matched by `id` or `data-key`, others by position and name. Comments and empty
 * texts do not count: a framework marks components with comments, and may replace them in the browser.
 */
export function morph(shown: Element, wanted: Element, holds: Holds = () => false): void {
  if (shown.isEqualNode(wanted) || holds(shown)) return;
  morphAttributes(shown, wanted);
  morphChildren(shown, wanted, holds);
}

function morphAttributes(shown: Element, wanted: Element) {
  // The reader controls whether details are open.
  const own = shown.localName === "details" ? "open" : null;
  for (const { name } of [...shown.attributes]) {
    if (name !== own && !wanted.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name !== own && shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

function morphChildren(shown: Element, wanted: Element, holds: Holds) {
  const keyed = new Map<string, Element>();
  for (const child of shown.children) {
    const key = keyOf(child);
    if (key !== null) keyed.set(key, child);
  }
  let next = visible(shown.firstChild);
  for (const child of [...wanted.childNodes].filter(isVisible)) {
    const key = keyOf(child);
    const match = key !== null ? keyed.get(key) ?? null : next && fits(next, child) ? next : null;
    if (match === null) {
      shown.insertBefore(document.importNode(child, true), next);
      continue;
    }
    if (match === next) next = visible(match.nextSibling);
    else shown.insertBefore(match, next);
    if (match instanceof Element && child instanceof Element) morph(match, child, holds);
    else if (match.nodeValue !== child.nodeValue) match.nodeValue = child.nodeValue;
  }
  while (next !== null) {
    const surplus: ChildNode = next;
    next = visible(surplus.nextSibling);
    surplus.remove();
  }
}

/** Returns the first of a node and its following siblings that counts. */
function visible(node: ChildNode | null): ChildNode | null {
  while (node !== null && !isVisible(node)) node = node.nextSibling;
  return node;
}

function isVisible(node: Node): boolean {
  return node instanceof Element || node instanceof Text && node.data !== "";
}

function fits(shown: Node, wanted: Node): boolean {
  return shown.nodeType === wanted.nodeType && shown.nodeName === wanted.nodeName &&
    keyOf(shown) === null;
}

function keyOf(node: Node): string | null {
  if (!(node instanceof Element)) return null;
  // On a form with a field named `id`, the property is that field.
  return node.getAttribute("id") || node.getAttribute("data-key");
}
