/** Returns `withLock` of a queue whose nodes are all in this process. */
export function createLocks(): (name: string, work: () => Promise<void>) => Promise<boolean> {
  const locked = new Set<string>();
  return async (name, work) => {
    if (locked.has(name)) return false;
    locked.add(name);
    try {
      await work();
    } finally {
      locked.delete(name);
    }
    return true;
  };
}
