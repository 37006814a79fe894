/** Kernel clock ticks per second; the same on every Linux that Deno supports. */
const TICKS = 100;

interface ProcessRow {
  pid: number;
  parent: number;
  /** CPU seconds of the process and of its exited children. */
  cpu: number;
}

/** Returns the CPU seconds of a process and all its descendants so far. */
export async function cpuSeconds(pid: number): Promise<number> {
  const rows: ProcessRow[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const row = await readProcess(Number(name));
    if (row !== null) rows.push(row);
  }
  const sumOf = (root: number): number =>
    rows.filter(({ parent }) => parent === root).reduce(
      (sum, { pid }) => sum + sumOf(pid),
      rows.find(({ pid }) => pid === root)?.cpu ?? 0,
    );
  return sumOf(pid);
}

/** Returns the resident set size (RSS) in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function readProcess(pid: number): Promise<ProcessRow | null> {
  const stat = await readStat(`/proc/${pid}/stat`);
  return stat && { pid, parent: stat.parent, cpu: stat.own + stat.children };
}

async function readStat(path: string) {
  const text = await Deno.readTextFile(path).catch(() => null); // the process may have exited
  if (text === null) return null;
  const [, name = "", rest = ""] = /^\d+ \((.*)\) (.*)$/s.exec(text) ?? [];
  const fields = rest.split(" ");
  const seconds = (first: number) => (Number(fields[first]) + Number(fields[first + 1])) / TICKS;
  return { name, parent: Number(fields[1]), own: seconds(11), children: seconds(13) };
}
