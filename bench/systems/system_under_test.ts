import type { BenchServers } from "../support/bench_servers.ts";

/** A system to be measured: its process runs and is warmed up, and all articles are ready to be queued. */
export interface SystemUnderTest extends AsyncDisposable {
  /** The id of the process that does the work. */
  pid: number;
  /** Starts the work; resolves with the seconds until every article was processed and acknowledged. */
  run(): Promise<number>;
  /** The number of commands that `run` itself sent to Redis, to be subtracted from the system's. */
  monitoringCommands(): number;
}

/** Starts a system, warms it up with `warmUp` articles and prepares `count` others. */
export type Prepare = (
  servers: BenchServers,
  warmUp: number,
  count: number,
) => Promise<SystemUnderTest>;
