import type { Stand } from "../support/stand.ts";

/** One way of doing the job, with its process running and warm, and everything to be done queued. */
export interface Contender extends AsyncDisposable {
  /** The process that does the work. */
  pid: number;
  /** Lets it begin; resolves with the seconds it took until all was done and acknowledged. */
  run(): Promise<number>;
  /** Commands that `run` itself sent to Redis, which are none of the contender's. */
  watching(): number;
}

/** Prepares a contender for `count` articles after having it do `warmUp` others. */
export type Prepare = (stand: Stand, warmUp: number, count: number) => Promise<Contender>;
