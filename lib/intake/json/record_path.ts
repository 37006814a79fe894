import { isKey, isListName, isOuterName, MOST_OUTER, namesContent } from "./json_list.ts";

/** Tracks, while an object is scanned, where its records may be: in a list with a usual name, or each under a key. */
export interface RecordPath {
  /** Starts at `depth` open brackets and braces. */
  reset(depth: number): void;
  /** Whether names at this depth matter. */
  needsName(depth: number): boolean;
  addName(name: string, depth: number): void;
  /** Called when an object under `name`, or in an array, opens. */
  openObject(name: string, depth: number, isInArray: boolean): void;
  /** Called when an array under `name` opens; returns whether it is the list of records. */
  openArray(name: string, depth: number): boolean;
  /** Called when a bracket or brace was closed: returns whether a record under a key ended, or the object around. */
  close(depth: number): "record" | "object" | null;
}

export function recordPath(): RecordPath {
  /** The names so far of each open object that may have the list; no names for an array. */
  let levels: string[][] = [[]];
  /** The depth of the object around keyed records; 0 if there is none. */
  let keyedDepth = 0;
  /** The names in the object under the latest key, if that may be a record. */
  let keyed: string[] | null = null;

  return {
    reset(depth) {
      levels = Array.from({ length: depth }, () => []);
      keyedDepth = 0;
      keyed = null;
    },
    needsName: (depth) => depth === levels.length || keyed !== null && depth === levels.length + 1,
    addName(name, depth) {
      // All names of a large object would not fit into memory.
      if (depth === levels.length && keyedDepth === 0) levels.at(-1)!.push(name);
      else if (depth === levels.length + 1) keyed?.push(name);
    },
    openObject(name, depth, isInArray) {
      if (depth !== levels.length || keyedDepth > 0) return;
      const names = levels.at(-1)!;
      if (levels.length < MOST_OUTER && (isInArray || isOuterName(name, names))) levels.push([]);
      else if (!isInArray && isKey(name, names)) keyed = [];
    },
    openArray(name, depth) {
      if (depth !== levels.length || keyedDepth > 0) return false;
      const names = levels.at(-1)!;
      if (isListName(name, names)) return true;
      if (levels.length < MOST_OUTER && isOuterName(name, names)) levels.push([]);
      return false;
    },
    close(depth) {
      const isMember = depth > 0 && depth === levels.length;
      if (isMember && keyed !== null && namesContent(keyed)) keyedDepth = depth;
      if (depth <= levels.length) keyed = null;
      if (isMember && depth === keyedDepth) return "record";
      levels.length = Math.min(levels.length, Math.max(1, depth));
      if (depth >= keyedDepth) return null;
      keyedDepth = 0;
      return "object";
    },
  };
}
