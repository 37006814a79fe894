/** A whole number within bounds. */
export interface NumberSpec {
  kind: "number";
  least: number;
  most: number;
  default: number;
}

/** On or off. */
export interface SwitchSpec {
  kind: "switch";
  default: boolean;
}

/** One of several values. */
export interface ChoiceSpec {
  kind: "choice";
  options: readonly string[];
  default: string;
}

/** A list of texts, one per line. */
export interface LinesSpec {
  kind: "lines";
  /** The maximum number of lines. */
  most: number;
  /** The maximum number of characters per line. */
  longest: number;
  /** The pattern that each line must match, and examples of it for error messages. */
  form?: { pattern: RegExp; examples: string };
  /** Returns what is wrong with lines that match the pattern; null for nothing. */
  findFault?: (lines: readonly string[]) => LineFault | null;
  default: readonly string[];
}

/** A reading that is not a syllable of pinyin, or a line that contradicts an earlier one; lines count from 0. */
export type LineFault =
  | { kind: "syllable"; line: number; syllable: string }
  | { kind: "contradiction"; line: number; earlier: number };

/** The name of an IANA time zone. */
export interface ZoneSpec {
  kind: "zone";
  default: string;
}

/** The type and bounds of a setting. Schema, form field and documentation are derived from it. */
export type SettingSpec = NumberSpec | SwitchSpec | ChoiceSpec | LinesSpec | ZoneSpec;

/** The type of a setting's value. */
export type ValueOf<Spec extends SettingSpec> = Spec extends NumberSpec ? number
  : Spec extends SwitchSpec ? boolean
  : Spec extends ZoneSpec ? string
  : Spec extends { options: readonly (infer Option)[] } ? Option
  : string[];

/** The values of a table of settings, by name. */
export type ValuesOf<Table extends Record<string, SettingSpec>> = {
  -readonly [Name in keyof Table]: ValueOf<Table[Name]>;
};

/** The defaults of a table of settings. */
export function defaultsOf<Table extends Record<string, SettingSpec>>(
  table: Table,
): ValuesOf<Table> {
  const entries = Object.entries(table).map(([name, spec]) => [name, spec.default]);
  // `fromEntries` loses the type of each name, which the mapped type declares.
  return Object.fromEntries(entries) as ValuesOf<Table>;
}
