import { toError, UnexplainedRefusalError } from "./errors.ts";

/** An item that was refused alone. */
export interface Refused<Item> {
  item: Item;
  error: Error;
}

export interface Bisected<Item, Result> {
  done: Result[];
  refused: Refused<Item>[];
}

/**
 * Calls `attempt` with all items, which is one statement in Postgres. If it is refused for an unclear reason, calls it
 * with halves of them, down to the refused items. `prove` is called in between, with one of the items that were refused
 * together, and resolves once Postgres accepts harmless ones. Throws any other error of both.
 */
export async function bisect<Item, Result>(
  items: readonly Item[],
  attempt: (items: readonly Item[]) => Promise<Result>,
  prove: (item: Item) => Promise<void>,
): Promise<Bisected<Item, Result>> {
  try {
    return { done: [await attempt(items)], refused: [] };
  } catch (error) {
    const [first] = items;
    if (first === undefined || !(error instanceof UnexplainedRefusalError)) throw error;
    if (items.length === 1) return { done: [], refused: [{ item: first, error: toError(error) }] };
    await prove(first);
    const middle = items.length >> 1;
    const halves = [
      await bisect(items.slice(0, middle), attempt, prove),
      await bisect(items.slice(middle), attempt, prove),
    ];
    return {
      done: halves.flatMap(({ done }) => done),
      refused: halves.flatMap(({ refused }) => refused),
    };
  }
}
