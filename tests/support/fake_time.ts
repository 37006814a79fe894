interface Timer {
  at: number;
  run: () => void;
}

/** Replaces the global timers with fake ones that only `pass()` advances. Disposing restores them. */
export class FakeTime implements Disposable {
  #now = 1_000;
  #next = 1;
  #timers = new Map<number, Timer>();
  #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  constructor() {
    const set = (run: () => void, ms = 0) => {
      this.#timers.set(this.#next, { at: this.#now + ms, run });
      return this.#next++;
    };
    const clear = (id?: number) => void (id !== undefined && this.#timers.delete(id));
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }

  readonly now = () => this.#now;

  /** Advances the time by `ms` and runs the timers that fall due, in order. */
  pass(ms: number) {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end)
        .sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].run();
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
