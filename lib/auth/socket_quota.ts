import { isLoopback } from "../runtime/config.ts";

/** Sockets that one address may hold at a time; a page holds two. */
export const SOCKETS_PER_ADDRESS = 100;

/** Counts the sockets of each address. */
export interface SocketQuota {
  /**
   * Takes a place and answers how to give it back, which may be done twice; or null when all places of
   * the address are taken. This machine's own addresses have no limit: its user could do worse, and a
   * proxy on it speaks for many.
   */
  take(address: string): (() => void) | null;
}

export function createSocketQuota(): SocketQuota {
  const counts = new Map<string, number>();
  return {
    take(address) {
      const held = counts.get(address) ?? 0;
      if (held >= SOCKETS_PER_ADDRESS && !isLoopback(address)) return null;
      counts.set(address, held + 1);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        const left = (counts.get(address) ?? 1) - 1;
        if (left === 0) counts.delete(address);
        else counts.set(address, left);
      };
    },
  };
}
