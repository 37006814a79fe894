/** How many requests begin in one turn of the event loop; rendering a page takes up to 20 ms. */
const PER_TURN = 8;

/** Spreads requests over turns of the event loop. */
export interface RequestTurns {
  /** Returns a promise to await before handling a request, which resolves in its turn; undefined if it may begin now. */
  begin(): Promise<void> | undefined;
}

/**
 * Begins at most eight requests in a turn of the event loop, in their order. The runtime hands over pipelined requests,
 * and those of many connections, one after the other without looking at other connections, which then wait for all of
 * them. `nextTurn` calls back in the next turn.
 */
export function createRequestTurns(
  nextTurn: (call: () => void) => void = (call) => void setTimeout(call, 0),
): RequestTurns {
  const waiting: (() => void)[] = [];
  let begun = 0;

  function turn() {
    const next = waiting.splice(0, PER_TURN);
    begun = next.length;
    if (begun > 0) nextTurn(turn);
    for (const resume of next) resume();
  }

  return {
    begin() {
      if (begun === PER_TURN) return new Promise((resolve) => void waiting.push(resolve));
      if (begun === 0) nextTurn(turn);
      begun++;
      return undefined;
    },
  };
}
