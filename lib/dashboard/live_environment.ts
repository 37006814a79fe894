/** What a live socket takes from around it, so that tests can hold its clock and its network. */
export interface LiveEnvironment {
  /** Opens a socket to a path of the page's own server. */
  open(path: string): WebSocket;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  /** Runs `run` after `ms`, unless the answer is called before. */
  after(ms: number, run: () => void): () => void;
  /** Whether there is a network, as far as is known. */
  online(): boolean;
  /** Calls `wake` whenever the network or the tab comes back, until the answer is called. */
  onReturn(wake: () => void): () => void;
}

/** The environment of a page in a browser. */
export function browserEnvironment(): LiveEnvironment {
  return {
    open(path) {
      const url = new URL(path, location.href);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(url);
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
