/**
 * Returns the heartbeat, the interval of a node's reports, in ms: half a second, and longer from 250 nodes on,
 * whose reports would take more than 5 % of a core of Redis.
 */
export function heartbeatMs(nodes: number): number {
  return Math.min(900, Math.max(500, 2 * nodes));
}
