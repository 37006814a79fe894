import { isLoopback } from "../runtime/addresses.ts";

/** Concurrent sockets per address; a page opens two. */
export const SOCKETS_PER_ADDRESS = 100;

/** Counts the sockets of each address. */
export interface SocketQuota {
  /** Whether the address has reached the limit. */
  isFull(address: string): boolean;
  /**
   * Acquires a place and returns an idempotent release function, or null when the address has reached the limit.
   * Loopback addresses have no limit: a local user could do worse, and a local proxy represents many clients.
   */
  take(address: string): (() => void) | null;
}

export function createSocketQuota(): SocketQuota {
  const counts = new Map<string, number>();
  const held = (address: string) => counts.get(address) ?? 0;
  const isFull = (address: string) => held(address) >= SOCKETS_PER_ADDRESS && !isLoopback(address);
  return {
    isFull,
    take(address) {
      if (isFull(address)) return null;
      counts.set(address, held(address) + 1);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        const left = held(address) - 1;
        if (left === 0) counts.delete(address);
        else counts.set(address, left);
      };
    },
  };
}
