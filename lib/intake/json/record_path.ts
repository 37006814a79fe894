import {
  isContentName,
  isKey,
  isListName,
  isOuterName,
  isPartName,
  MOST_OUTER,
} from "./json_list.ts";

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
  /** The first name in the records with keys; null if there are none. */
  keyedName(): string | null;
  /** Continues in the object around records with keys, even if it was closed; returns its depth. */
  resume(): number;
  /** Called when a bracket or brace was closed: returns whether a record under a key ended, or the object around. */
  close(depth: number): "record" | "object" | null;
}

/** What the names so far in an object tell. */
interface Names {
  first: string | null;
  hasContent: boolean;
  hasPart: boolean;
}

export function recordPath(): RecordPath {
  /** The names in each open object that may have the list; none for an array. */
  let levels: Names[] = [noNames()];
  /** The depth of the object around keyed records; 0 if there is none. */
  let keyedDepth = 0;
  /** The names in the object under the latest key, if that may be a record. */
  let keyed: Names | null = null;
  let keyedName: string | null = null;
  let lastDepth = 0;

  return {
    reset(depth) {
      levels = [];
      while (levels.length < depth) levels.push(noNames());
      keyedDepth = 0;
      keyed = keyedName = null;
    },
    needsName: (depth) => depth === levels.length || keyed !== null && depth === levels.length + 1,
    addName(name, depth) {
      const names = depth === levels.length ? levels.at(-1)! : keyed;
      if (names === null) return;
      names.first ??= name;
      names.hasContent ||= isContentName(name);
      names.hasPart ||= isPartName(name);
    },
    openObject(name, depth, isInArray) {
      if (depth !== levels.length || keyedDepth > 0) return;
      const { hasContent, hasPart } = levels.at(-1)!;
      const isOuter = isInArray || !hasContent && isOuterName(name);
      if (levels.length < MOST_OUTER && isOuter) levels.push(noNames());
      else if (!isInArray && !hasPart && isKey(name)) keyed = noNames();
    },
    openArray(name, depth) {
      if (depth !== levels.length || keyedDepth > 0 || levels.at(-1)!.hasContent) return false;
      if (isListName(name)) return true;
      if (levels.length < MOST_OUTER && isOuterName(name)) levels.push(noNames());
      return false;
    },
    keyedName: () => keyedName,
    resume() {
      levels = Array.from({ length: lastDepth }, noNames);
      keyed = null;
      return keyedDepth = lastDepth;
    },
    close(depth) {
      const isMember = depth > 0 && depth === levels.length;
      if (isMember && keyed?.hasContent) {
        keyedDepth = depth;
        keyedName ??= keyed.first;
        lastDepth = depth;
      }
      if (depth <= levels.length) keyed = null;
      if (isMember && depth === keyedDepth) return "record";
      levels.length = Math.min(levels.length, Math.max(1, depth));
      if (depth >= keyedDepth) return null;
      keyedDepth = 0;
      return "object";
    },
  };
}

function noNames(): Names {
  return { first: null, hasContent: false, hasPart: false };
}
