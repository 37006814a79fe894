/** The threads that a warden starts, by the names of their files. */
export type ThreadEntry = "quarantine" | "explain";

/** The messages to a warden of threads. */
export type WardenRequest =
  | { type: "start"; thread: number; entry: ThreadEntry; data: unknown; heapMb: number }
  | { type: "post"; thread: number; message: unknown }
  | { type: "terminate"; thread: number };

/** The messages from a warden about its threads; `ended` is the last one for each. */
export type WardenReply =
  | { type: "message"; thread: number; message: unknown }
  | { type: "ended"; thread: number; why: string };
