import { type Hint, hintOf } from "./hints.ts";
import { isProse } from "./measure_blocks.ts";
import type { Block, Run } from "./page_tree.ts";

/** The weight of prose in blocks with these names. */
const WEIGHTS: Readonly<Record<NonNullable<Hint>, number>> = {
  comments: 0.2,
  part: 0.5,
  chrome: 0.5,
  suspect: 0.9,
};
/** An ancestor gets half of its child's score, down to this minimum. */
const LEAST_SHARE = 0.2;

/** Returns the blocks around the most likely position of the article: where prose paragraphs are adjacent. */
export function findCore(root: Block, runs: readonly Run[]): ReadonlySet<Block> {
  const scores = new Map<Block, number>();
  const weights = new Map<Block, number>();
  let core = root;
  let most = 0;
  for (const run of runs) {
    if (!isProse(run)) continue;
    let share = (run.length - run.linkLength) * weightOf(run.block, weights);
    const least = share * LEAST_SHARE;
    for (let at: Block | null = run.block; at !== null && share > least; at = at.parent) {
      const score = (scores.get(at) ?? 0) + share;
      scores.set(at, score);
      if (score > most) [core, most] = [at, score];
      share /= 2;
    }
  }
  return withAncestors(core);
}

function weightOf(block: Block, weights: Map<Block, number>): number {
  const known = weights.get(block);
  if (known !== undefined) return known;
  const hint = hintOf(block);
  const own = hint === null ? 1 : WEIGHTS[hint];
  const weight = block.parent === null ? own : own * weightOf(block.parent, weights);
  weights.set(block, weight);
  return weight;
}

function withAncestors(block: Block): Set<Block> {
  const blocks = new Set<Block>();
  for (let at: Block | null = block; at !== null; at = at.parent) blocks.add(at);
  return blocks;
}
