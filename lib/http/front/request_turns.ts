/** How many requests begin in one turn of the event loop; rendering a page takes up to 20 ms. */
const PER_TURN = 8;

/** Spreads requests over turns of the event loop. */
export interface RequestTurns {
  /** Returns a promise to await before handling a request, which resolves in its turn; undefined if it may begin now. */
  begin(): Promise<void> | undefined;
}

/**
 * Begins at most eight requests in a turn of the event loop, in their order, and lets the loop wait for other
 * connections before the next. The runtime hands over pipelined requests, and those of many connections, one after the
 * other, and looks at its sockets only when idle or after 61 tasks. `nextTurn` calls back in a later turn.
 */
export function createRequestTurns(
  nextTurn: (call: () => void) => void = (call) => void setTimeout(call, 0),
): RequestTurns {
  const waiting: (() => void)[] = [];
  let begun = 0;

  /** Called when the requests of a turn have begun. A timer set only now is not yet due: the loop becomes idle. */
  function pause() {
    if (waiting.length === 0) begun = 0;
    else nextTurn(resume);
  }

  function resume() {
    const next = waiting.splice(0, PER_TURN);
    begun = next.length;
    nextTurn(pause);
    for (const begin of next) begin();
  }

  return {
    begin() {
      if (begun === PER_TURN) return new Promise((resolve) => void waiting.push(resolve));
      if (begun === 0) nextTurn(pause);
      begun++;
      return undefined;
    },
  };
}
