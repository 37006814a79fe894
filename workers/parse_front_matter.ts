import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

/** The notations of front matter that have a parser. */
export type MatterNotation = "yaml" | "toml" | "json";

const PARSERS: Readonly<Record<MatterNotation, (matter: string) => unknown>> = {
  // Warnings would go to standard error.
  yaml: (matter) => parseYaml(matter, { logLevel: "error" }),
  toml: parseToml,
  json: JSON.parse,
};

/**
 * Parses front matter to a JSON value, in which times are texts. YAML takes milliseconds per kilobyte. Throws if it is
 * invalid.
 */
export function parseFrontMatter(notation: MatterNotation, matter: string): unknown {
  return JSON.parse(JSON.stringify(PARSERS[notation](matter) ?? {}));
}
