import { type ReadonlySignal, signal } from "@preact/signals";
import { CLOSE_CODES } from "../../wire/close_codes.ts";
import { backoff } from "./reconnect_backoff.ts";
import { browserEnvironment, type LiveEnvironment } from "./live_environment.ts";
import { createSingleTimer } from "./single_timer.ts";

/** The state of a live socket. Times are ms since the epoch. */
export type LinkState =
  | { kind: "connecting" }
  | { kind: "live" }
  /** Open, but silent since then. */
  | { kind: "stale"; since: number }
  /** Lost or refused; `offline` when the browser has no network. */
  | { kind: "waiting"; seconds: number; cause: "lost" | "offline" | "too many" }
  /** The session has ended; no reconnection until the reader signs in. */
  | { kind: "signed out" }
  | { kind: "stopped" };

export interface LiveSocketOptions {
  /** Returns the path to connect to; called at each attempt. */
  path: () => string;
  onMessage: (text: string) => void;
  /** The silence in ms after which the newest message is stale; null if silence is normal. */
  silenceMs: number | null;
  environment?: LiveEnvironment;
}

/** A WebSocket that reconnects automatically. */
export interface LiveSocket {
  readonly state: ReadonlySignal<LinkState>;
  start(): void;
  /** Reconnects immediately if waiting or stale; keeps a live connection. */
  wake(): void;
  /** Reconnects unconditionally. */
  renew(): void;
  stop(): void;
}

/** The reactions to the server's close codes; any other code is an error. */
const GOING_AWAY = [1001, CLOSE_CODES.goingAway];
const { signedOut: SIGNED_OUT, tooSlow: TOO_SLOW } = CLOSE_CODES;
/** Not sent by the server: represents a handshake rejected with 429. */
const TOO_MANY = 4429;
/** The close codes that correspond to the statuses of a refused handshake. */
const CODE_OF_STATUS: Record<number, number> = { 401: SIGNED_OUT, 429: TOO_MANY };
const SECOND = 1_000;

export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { path, onMessage, silenceMs, environment = browserEnvironment() } = options;
  const timer = createSingleTimer(environment);
  const state = signal<LinkState>({ kind: "stopped" });
  let socket: WebSocket | null = null;
  let failures = 0;
  let heardAt = 0;
  let stopWatching = () => {};

  function drop() {
    timer.cancel();
    const dropped = socket;
    socket = null;
    dropped?.close();
  }

  function connect() {
    drop();
    state.value = { kind: "connecting" };
    const opened = environment.open(path());
    socket = opened;
    heardAt = environment.now();
    let isOpen = false;
    opened.onopen = () => {
      if (opened !== socket) return opened.close();
      isOpen = true;
      if (silenceMs === null) arrived();
    };
    opened.onmessage = ({ data }) => {
      if (opened !== socket) return;
      arrived();
      onMessage(String(data));
    };
    opened.onclose = async ({ code }) => {
      if (opened !== socket) return;
      const reason = isOpen ? code : await codeOfRefusal(environment, path());
      if (opened === socket) lost(reason);
    };
    if (silenceMs !== null) timer.start(silenceMs, listen);
  }

  function arrived() {
    heardAt = environment.now();
    failures = 0;
    if (state.peek().kind !== "live") state.value = { kind: "live" };
  }

  /** Handles silence; after twice the time, the connection counts as dead. */
  function listen() {
    if (silenceMs === null) return;
    const silent = environment.now() - heardAt;
    if (silent >= 2 * silenceMs) return lost(null);
    if (silent >= silenceMs && state.peek().kind === "live") {
      state.value = { kind: "stale", since: heardAt };
    }
    timer.start(silent >= silenceMs ? 2 * silenceMs - silent : silenceMs - silent, listen);
  }

  function lost(code: number | null) {
    drop();
    if (code === SIGNED_OUT) {
      state.value = { kind: "signed out" };
      return;
    }
    failures++;
    const delayMs = reconnectDelay(code, failures, environment.random());
    if (delayMs === 0) connect();
    else wait(delayMs, code === TOO_MANY ? "too many" : "lost");
  }

  /** Counts down, then connects, even without a network, since loopback needs none. */
  function wait(ms: number, cause: "lost" | "too many") {
    const shown = cause === "lost" && !environment.online() ? "offline" : cause;
    state.value = { kind: "waiting", seconds: Math.ceil(ms / SECOND), cause: shown };
    const step = ms % SECOND || SECOND;
    timer.start(Math.min(ms, step), () => ms > step ? wait(ms - step, cause) : connect());
  }

  function wake() {
    const { kind } = state.peek();
    const silent = silenceMs !== null && environment.now() - heardAt >= silenceMs;
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

/** Returns why a handshake failed, which browsers hide, from a plain request to the same path; null if unknown. */
async function codeOfRefusal(environment: LiveEnvironment, path: string): Promise<number | null> {
  const status = await environment.requestStatus(path);
  return status === null ? null : CODE_OF_STATUS[status] ?? null;
}

/** Returns the delay until the next connection, in ms; 0 connects immediately. */
function reconnectDelay(code: number | null, failures: number, random: number): number {
  if (code === TOO_SLOW) return 0;
  if (code === TOO_MANY) return backoff(Infinity, random);
  if (code !== null && GOING_AWAY.includes(code)) return backoff(1, random);
  return backoff(failures, random);
}
