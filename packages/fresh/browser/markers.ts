import type { ContainerNode } from "preact";

/** Two comments with an island between them. */
export interface Marker {
  name: string;
  /** The index of its props among those of the page. */
  index: number;
  start: Comment;
  end: Comment;
}

const ISLAND = /^frsh:island:(.+):(\d+)$/;

/** Returns the island that a comment starts, or undefined. */
export function islandAt(node: Node): Marker | undefined {
  const match = node instanceof Comment ? ISLAND.exec(node.data) : null;
  if (match === null) return undefined;
  const start = node as Comment;
  return { name: match[1] ?? "", index: Number(match[2]), start, end: endOf(start, "island") };
}

/** Returns the outermost islands in `root`, in order. */
export function findIslands(root: Node): Marker[] {
  const found: Marker[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const island = islandAt(node);
    if (island === undefined) continue;
    found.push(island);
    walker.currentNode = island.end;
  }
  return found;
}

/** Returns the comments that start slots between two siblings, by slot id, including nested ones. */
export function slotsBetween(start: Comment, end: Comment): Map<number, Comment> {
  const slots = new Map<number, Comment>();
  const root = start.getRootNode();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  walker.currentNode = start;
  for (let node = walker.nextNode(); node !== null && node !== end; node = walker.nextNode()) {
    const match = /^frsh:slot:(\d+)$/.exec((node as Comment).data);
    if (match !== null) slots.set(Number(match[1]), node as Comment);
  }
  return slots;
}

/** Returns the end comment that matches `start`, skipping nested pairs. */
export function endOf(start: Comment, kind: "island" | "slot"): Comment {
  let depth = 0;
  for (let node: Node | null = start; node !== null; node = node.nextSibling) {
    if (!(node instanceof Comment)) continue;
    if (node.data.startsWith(`frsh:${kind}:`)) depth++;
    if (node.data === `/frsh:${kind}` && --depth === 0) return node;
  }
  throw new Error(`Cannot find the end of ${start.data}: the page's markup was changed`);
}

/** Returns the nodes between two comments, as a container that Preact can render into. */
export function fragmentBetween(start: Comment, end: Comment): ContainerNode {
  const parent = start.parentNode;
  if (parent === null) {
    throw new Error(`Cannot render at ${start.data}: it is not on the page`);
  }
  return {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    get childNodes() {
      const nodes: ChildNode[] = [];
      for (
        let node = start.nextSibling;
        node !== null && node !== end;
        node = node.nextSibling
      ) {
        nodes.push(node);
      }
      return nodes;
    },
    contains: (node: Node | null) => parent.contains(node),
    insertBefore: <N extends Node>(node: N, before: Node | null): N =>
      parent.insertBefore(node, before ?? end),
    appendChild: <N extends Node>(node: N): N => parent.insertBefore(node, end),
    removeChild: <N extends Node>(node: N): N => parent.removeChild(node),
  } as unknown as ContainerNode; // Preact uses only these members of a container
}
