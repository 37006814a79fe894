import { type ReadonlySignal, signal } from "@preact/signals";
import { backoff } from "./backoff.ts";
import { browserEnvironment, type LiveEnvironment } from "./live_environment.ts";

/** How a live socket is doing. Moments are ms since the epoch. */
export type LinkState =
  | { kind: "connecting" }
  | { kind: "live" }
  /** It is open, but nothing has come since then. */
  | { kind: "stale"; since: number }
  /** It was lost or refused; `offline` when the browser knows of no network at all. */
  | { kind: "waiting"; seconds: number; cause: "lost" | "offline" | "too many" }
  /** The session has ended; nothing is tried until somebody signs in. */
  | { kind: "signed out" }
  | { kind: "stopped" };

export interface LiveSocketOptions {
  /** The path to connect to, asked for with each try. */
  path: () => string;
  onMessage: (text: string) => void;
  /** The silence, in ms, after which the newest message counts as stale; null: silence is normal. */
  silenceMs: number | null;
  environment?: LiveEnvironment;
}

/** A WebSocket that comes back by itself. */
export interface LiveSocket {
  readonly state: ReadonlySignal<LinkState>;
  start(): void;
  /** Tries at once: what waits or is stale is connected anew, what is live stays. */
  wake(): void;
  /** Connects anew, whatever the present connection looks like. */
  renew(): void;
  stop(): void;
}

/** What the server's close codes ask for; any other code is an accident. */
const GOING_AWAY = [1001, 4001];
const SIGNED_OUT = 4401;
const TOO_SLOW = 4408;
const TOO_MANY = 4429;
const SECOND = 1_000;

export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { path, onMessage, silenceMs, environment = browserEnvironment() } = options;
  const { now } = environment;
  const state = signal<LinkState>({ kind: "stopped" });
  let socket: WebSocket | null = null;
  let failures = 0;
  let heardAt = 0;
  let cancelTimer = () => {};
  let stopWatching = () => {};

  function timer(ms: number, run: () => void) {
    cancelTimer();
    cancelTimer = environment.after(ms, run);
  }

  function drop() {
    cancelTimer();
    const dropped = socket;
    socket = null;
    dropped?.close();
  }

  function connect() {
    drop();
    state.value = { kind: "connecting" };
    const opened = environment.open(path());
    socket = opened;
    heardAt = now();
    opened.onopen = () => {
      if (opened !== socket) return opened.close();
      if (silenceMs === null) arrived();
    };
    opened.onmessage = ({ data }) => {
      if (opened !== socket) return;
      arrived();
      onMessage(String(data));
    };
    opened.onclose = ({ code }) => opened === socket && lost(code);
    if (silenceMs !== null) timer(silenceMs, listen);
  }

  function arrived() {
    heardAt = now();
    failures = 0;
    if (state.peek().kind !== "live") state.value = { kind: "live" };
  }

  /** Notes a silence; one twice as long is a dead connection that nobody closed. */
  function listen() {
    if (silenceMs === null) return;
    const silent = now() - heardAt;
    if (silent >= 2 * silenceMs) return lost(null);
    if (silent >= silenceMs && state.peek().kind === "live") {
      state.value = { kind: "stale", since: heardAt };
    }
    timer(silent >= silenceMs ? 2 * silenceMs - silent : silenceMs - silent, listen);
  }

  function lost(code: number | null) {
    drop();
    if (code === SIGNED_OUT) {
      state.value = { kind: "signed out" };
      return;
    }
    failures++;
    const random = environment.random();
    if (code === TOO_SLOW) connect();
    else if (code === TOO_MANY) wait(backoff(Infinity, random), "too many");
    else if (code !== null && GOING_AWAY.includes(code)) wait(backoff(1, random), "lost");
    else wait(backoff(failures, random), "lost");
  }

  /** Counts down, then connects. Without a network it tries all the same: loopback needs none. */
  function wait(ms: number, cause: "lost" | "too many") {
    const shown = cause === "lost" && !environment.online() ? "offline" : cause;
    state.value = { kind: "waiting", seconds: Math.ceil(ms / SECOND), cause: shown };
    const step = ms % SECOND || SECOND;
    timer(Math.min(ms, step), () => ms > step ? wait(ms - step, cause) : connect());
  }

  function wake() {
    const { kind } = state.peek();
    const silent = silenceMs !== null && now() - heardAt >= silenceMs;
    if (kind === "waiting" || (silent && (kind === "live" || kind === "stale"))) connect();
  }

  return {
    state,
    start() {
      if (state.peek().kind !== "stopped") return;
      stopWatching = environment.onReturn(wake);
      connect();
    },
    wake,
    renew: connect,
    stop() {
      stopWatching();
      drop();
      state.value = { kind: "stopped" };
    },
  };
}
