import { settingsWords } from "../lib/i18n/settings_words.ts";
import type { SettingSpec } from "../lib/article/setting_spec.ts";
import { VARIABLES } from "../lib/runtime/config_variables.ts";
import { type SettingName, SETTINGS, specOf } from "../lib/wire/settings.ts";

const SECTIONS = {
  server: "The server",
  storage: "Storage",
  access: "Access",
  proxy: "Reverse proxy",
  running: "Operation",
} as const;

/** Variables that the commands and Deno read, not a node. */
const OF_OTHERS = [
  [
    "`MILLRACE_URL`",
    "the server for `task import` and `task backup`; by default this machine's, at `PORT` and `BASE_PATH`",
  ],
  ["`MILLRACE_TOKEN` (secret)", "the token for it; by default `ADMIN_TOKEN`"],
  ["`DENO_CERT`", "a PEM file of further certificate authorities, for alerts"],
  ["`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`", "the proxy for alerts"],
  [
    "`OTEL_DENO`, `OTEL_EXPORTER_OTLP_ENDPOINT` …",
    "the export of traces and metrics: [deployment.md](deployment.md#monitoring)",
  ],
];

/** Generates docs/configuration.md from the tables that define the configuration and the settings. */
export function renderConfigurationPage(): string {
  return `# Configuration

This page is generated from the code that reads the configuration: \`deno task docs\`.

## Environment variables

Read once, at the start. An empty value counts as unset. Invalid values abort the start with one message that names all of
them. A secret can also be set by \`NAME_FILE\`, a file that contains it. The commands (\`deno task doctor\`, \`migrate\`,
\`restore\`) read the same variables.

${Object.entries(SECTIONS).map(([section, title]) => variables(section, title)).join("\n\n")}

### Of the commands and of Deno

${table(["variable", "what"], OF_OTHERS)}

## Settings

Changed on the settings page, or by \`PUT /api/processor/config\`, for all nodes at once and without a restart; stored
in \`system_settings\` under \`processor.\` and the name; the page lists who changed what and when.

${table(["setting", "default", "values", "what"], settingRows())}
`;
}

function variables(section: string, title: string): string {
  const rows = Object.entries(VARIABLES).filter(([, each]) => each.section === section).map(
    ([name, each]) => [
      code(name) + (each.secret ? " (secret)" : ""),
      each.default === null ? "unset" : each.default === "" ? "empty" : code(each.default),
      each.what,
    ],
  );
  return `### ${title}\n\n${table(["variable", "default", "what"], rows)}`;
}

function settingRows(): string[][] {
  const words: Readonly<Record<string, unknown>> = settingsWords.en;
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const spec = specOf(name);
    const help = words[`${name}_help`] ?? words[name];
    return [code(name), code(defaultOf(spec)), valuesOf(spec), String(help)];
  });
}

function defaultOf(spec: SettingSpec): string {
  return spec.kind === "lines" ? `${spec.default.length} lines` : String(spec.default);
}

function valuesOf(spec: SettingSpec): string {
  switch (spec.kind) {
    case "number":
      return `${spec.least} to ${spec.most}`;
    case "switch":
      return "`true`, `false`";
    case "choice":
      return spec.options.map(code).join(", ");
    case "zone":
      return "an IANA time zone";
    case "lines":
      return `at most ${spec.most} lines of ${spec.longest} characters`;
  }
}

const code = (text: string) => `\`${text}\``;

/** A Markdown table with aligned columns, as the formatter writes it. */
function table(head: string[], rows: string[][]): string {
  const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) =>
    Math.max(...escaped.map((row) => width(row[column] ?? "")))
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell + " ".repeat(widths[i]! - width(cell))).join(" | ")} |`;
  const [first = [], ...rest] = escaped;
  const rule = `| ${widths.map((each) => "-".repeat(each)).join(" | ")} |`;
  return [line(first), rule, ...rest.map(line)].join("\n");
}

const width = (text: string) => [...text].length;
