import { clusterOf } from "../../wire/cluster_sums.ts";
import type { ProcessorStatus } from "../../wire/processor_status.ts";

/** Returns the number of firing rules: all, and those that notify open browsers. */
export function firingOf(status: ProcessorStatus | null): { firing: number; browser: number } {
  return status === null ? { firing: 0, browser: 0 } : clusterOf(status).alerts;
}
