import type { LiveEnvironment } from "../../lib/dashboard/live/live_environment.ts";

/** A fake socket that the test controls. */
export class FakeSocket extends EventTarget {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;

  constructor(readonly path: string) {
    super();
  }

  close() {
    this.closed = true;
  }
}

/** A fake environment: the test controls the clock, randomness and the network. */
export class FakeEnvironment implements LiveEnvironment {
  readonly sockets: FakeSocket[] = [];
  time = 0;
  chance = 0;
  hasNetwork = true;
  #timers = new Set<{ at: number; run: () => void }>();
  #wakers = new Set<() => void>();

  open(path: string): WebSocket {
    const socket = new FakeSocket(path);
    this.sockets.push(socket);
    // Implements only the parts of a WebSocket that a live socket uses.
    return socket as unknown as WebSocket;
  }

  /** The response to a plain request of a socket's path; null if there is no server. */
  status: number | null = 426;
  requestStatus = () => Promise.resolve(this.status);
  now = () => this.time;
  random = () => this.chance;
  online = () => this.hasNetwork;

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  onReturn(wake: () => void): () => void {
    this.#wakers.add(wake);
    return () => this.#wakers.delete(wake);
  }

  /** Advances the clock by `ms` and runs due timers in order. */
  pass(ms: number) {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }

  /** Fires the events of a tab or a network that comes back. */
  comeBack() {
    for (const wake of this.#wakers) wake();
  }

  /** The most recently opened socket. */
  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  /** The number of remaining timers and listeners. */
  get left(): number {
    return this.#timers.size + this.#wakers.size;
  }
}
