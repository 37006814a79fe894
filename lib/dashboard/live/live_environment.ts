import { below } from "../shell/base_path.ts";

/** The environment of a live socket, so that tests can control its clock and network. */
export interface LiveEnvironment {
  /** Opens a socket to a path of the page's server. */
  open(path: string): WebSocket;
  /** Returns the status of a plain request to that path; null when the server does not respond. */
  requestStatus(path: string): Promise<number | null>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  /** Runs `run` after `ms`, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
  /** Whether the browser is online, as far as known. */
  online(): boolean;
  /** Calls `wake` whenever the network or the tab returns, until the returned function is called. */
  onReturn(wake: () => void): () => void;
}

/** The environment of a page in a browser. */
export function browserEnvironment(): LiveEnvironment {
  return {
    open(path) {
      const url = new URL(below(path), location.href);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(url);
    },
    async requestStatus(path) {
      try {
        const response = await fetch(below(path), { cache: "no-store", redirect: "manual" });
        await response.body?.cancel();
        return response.status;
      } catch {
        return null; // The server is unreachable: the socket was lost rather than refused.
      }
    },
    now: Date.now,
    random: Math.random,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    online: () => navigator.onLine,
    onReturn(wake) {
      const ending = new AbortController();
      const { signal } = ending;
      const ifVisible = () => document.visibilityState === "visible" && wake();
      addEventListener("online", wake, { signal });
      addEventListener("pageshow", wake, { signal });
      document.addEventListener("visibilitychange", ifVisible, { signal });
      return () => ending.abort();
    },
  };
}
