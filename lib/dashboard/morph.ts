/**
 * Makes `shown` equal to `wanted` with as few changes as there are differences: what is equal is not
 * touched, so that focus, selections, open details and what was typed or ticked stay. Elements are
 * recognised by their `id` or `data-key`, others by their place and name.
 */
export function morph(shown: Element, wanted: Element): void {
  if (shown.isEqualNode(wanted)) return;
  morphAttributes(shown, wanted);
  morphChildren(shown, wanted);
}

function morphAttributes(shown: Element, wanted: Element) {
  // Whether details are open is the reader's affair.
  const own = shown.localName === "details" ? "open" : null;
  for (const { name } of [...shown.attributes]) {
    if (name !== own && !wanted.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name !== own && shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}

function morphChildren(shown: Element, wanted: Element) {
  const keyed = new Map<string, Element>();
  for (const child of shown.children) {
    const key = keyOf(child);
    if (key !== null) keyed.set(key, child);
  }
  let next: ChildNode | null = shown.firstChild;
  for (const child of [...wanted.childNodes]) {
    const key = keyOf(child);
    const match = key !== null ? keyed.get(key) ?? null : next && fits(next, child) ? next : null;
    if (match === null) {
      shown.insertBefore(document.importNode(child, true), next);
      continue;
    }
    if (match === next) next = match.nextSibling;
    else shown.insertBefore(match, next);
    if (match instanceof Element && child instanceof Element) morph(match, child);
    else if (match.nodeValue !== child.nodeValue) match.nodeValue = child.nodeValue;
  }
  while (next !== null) {
    const surplus: ChildNode = next;
    next = surplus.nextSibling;
    surplus.remove();
  }
}

function fits(shown: Node, wanted: Node): boolean {
  return shown.nodeType === wanted.nodeType && shown.nodeName === wanted.nodeName &&
    keyOf(shown) === null;
}

function keyOf(node: Node): string | null {
  if (!(node instanceof Element)) return null;
  return node.id || node.getAttribute("data-key");
}
