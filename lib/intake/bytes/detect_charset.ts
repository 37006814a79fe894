import { charsetEvidence } from "./charset_evidence.ts";
import { DETECTED, type DetectedCharset, fitOf } from "./charset_models.ts";
import { knownCharset } from "./declared_charset.ts";

/** External information about a text's charset. */
export interface CharsetHints {
  /** Chosen by a person: only a byte order mark overrides it, if the bytes agree. */
  chosen?: string | null;
  /** Declared by the transport; the bytes may disprove it. */
  declared?: string | null;
}

/** The number of bytes that suffices in any charset. */
const ENOUGH_EVIDENCE = 512;
/** The number of bytes of valid UTF-8 that suffices, so that a slow stream need not wait. */
const ENOUGH_UTF8 = 6;
/**
 * A declaration is overridden if the bytes are more probable in another charset, by so much (as a logarithm) and so much
 * for each character, and at least this share of the characters is usual there.
 */
const CERTAIN = 10;
const CERTAIN_PER_CHARACTER = 1;
const LEAST_USUAL = 0.9;
/** Many servers declare it by default. */
const DEFAULT_CHARSET = "windows-1252";
const CERTAIN_OF_DEFAULT = 3;
/** The share of invalid characters that is tolerated in other declared charsets. */
const MOST_INVALID = 0.02;

/** Returns whether the bytes suffice to detect their charset, before the text ends. */
export function isEnoughToDetect(evidence: Uint8Array): boolean {
  if (evidence.length >= ENOUGH_EVIDENCE) return true;
  let high = 0;
  for (const byte of evidence) if (byte >= 0x80) high++;
  return high >= ENOUGH_UTF8 && charsetEvidence(evidence).charset === "utf-8";
}

/**
 * Returns the charset of bytes that start with a non-ASCII one: the declared one if they can be in it, else the chosen
 * or most likely one. `say` is called with a sentence if it is not the declared one.
 */
export function detectCharset(
  bytes: Uint8Array,
  { chosen = null, declared = null }: CharsetHints,
  say: (note: string) => void,
): string {
  const likely = charsetEvidence(bytes).charset;
  const known = declared === null ? null : knownCharset(declared);
  // A choice gets here only after a byte order mark.
  const other = chosen === null ? likely : knownCharset(chosen) ?? likely;
  const charset = known !== null && canBe(known, bytes, likely) ? known : other;
  if (declared !== null && charset !== known) {
    say(`the text is declared as ${declared}, but is in ${charset}; it was read as ${charset}`);
  } else if (declared === null && charset !== "utf-8") {
    say(`the text is not UTF-8; it was read as ${charset}`);
  }
  return charset;
}

/** Whether a declared charset is consistent with the bytes, whose most likely charset is `likely`. */
function canBe(declared: string, bytes: Uint8Array, likely: "utf-8" | DetectedCharset): boolean {
  if (declared === likely || declared === "gbk" && likely === "gb18030") return true;
  if (likely === "utf-8" || declared === "utf-8" || declared.startsWith("utf-16")) return false;
  const best = fitOf(bytes, likely);
  const isLikely = best.likelihood >= LEAST_USUAL;
  const detected = DETECTED.find((each) => each === (declared === "gbk" ? "gb18030" : declared));
  if (detected !== undefined) {
    const isDefault = declared === DEFAULT_CHARSET;
    const doubt = isDefault
      ? CERTAIN_OF_DEFAULT
      : CERTAIN + CERTAIN_PER_CHARACTER * best.characters;
    return !isLikely || best.score - fitOf(bytes, detected).score <= doubt;
  }
  const decoded = new TextDecoder(declared).decode(bytes, { stream: true });
  return [...decoded.matchAll(/\uFFFD/g)].length <= MOST_INVALID * decoded.length;
}
