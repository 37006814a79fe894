import type { LiveEnvironment } from "../../lib/dashboard/live_environment.ts";

/** A socket whose other end is the test. */
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

/** An environment in which the test is the clock, the chance and the network. */
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
    // Only what a live socket uses of a WebSocket is there.
    return socket as unknown as WebSocket;
  }

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

  /** Lets `ms` pass, running what falls due in order. */
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

  /** The tab or the network comes back. */
  comeBack() {
    for (const wake of this.#wakers) wake();
  }

  /** The socket that was opened last. */
  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  /** Timers and listeners that are left. */
  get left(): number {
    return this.#timers.size + this.#wakers.size;
  }
}
