interface Timer {
  at: number;
  run: () => void;
  /** The period of an interval; 0 for a timer that runs once. */
  every: number;
}

/** Replaces the global timers with fake ones that only `pass()` advances. Disposing restores them. */
export class FakeTime implements Disposable {
  #now = 1_000;
  #next = 1;
  #timers = new Map<number, Timer>();
  #real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
  };

  constructor() {
    const set = (run: () => void, ms: number, every: number) => {
      this.#timers.set(this.#next, { at: this.#now + ms, run, every });
      return this.#next++;
    };
    const clear = (id?: number) => void (id !== undefined && this.#timers.delete(id));
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms = 0) => set(run, ms, 0),
      clearTimeout: clear,
      setInterval: (run: () => void, ms: number) => set(run, ms, ms),
      clearInterval: clear,
    });
  }

  readonly now = () => this.#now;

  /** Advances the time by `ms` and runs the timers that fall due, in order. */
  pass(ms: number) {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end)
        .sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      const [id, { at, run, every }] = due;
      if (every > 0) this.#timers.set(id, { at: at + every, run, every });
      else this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      run();
    }
    this.#now = end;
  }

  /** The number of pending timers; 0 proves that no timer leaked. */
  get waiting() {
    return this.#timers.size;
  }

  [Symbol.dispose]() {
    Object.assign(globalThis, this.#real);
  }
}
