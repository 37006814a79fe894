import { parseArgs } from "node:util";
import { FILE_EXTENSIONS, formatNamed } from "../../lib/intake/format_name.ts";

export const HELP = `Streams articles to a running server.

Usage: deno task import [OPTIONS] SOURCE...

A source is a file, a folder (all files in it with one of the endings below), a pattern in
quotes, a URL of a file, or - for the standard input. Its format is detected from its
content; if that is ambiguous, from its name:
${FILE_EXTENSIONS.map((name) => `.${name}`).join(" ")}, .zip, .tar,
each also with .gz, .zst or .br after it.

Options:
  --type TYPE      what is in it: a content type, or an ending such as csv
  --charset NAME   its charset, such as gbk, where the bytes do not tell
  --group NAME     the group of articles that name none
  --map PAIRS      names of fields: title:标题,content:text
  --update         replace articles that are stored with another text
  --validate       say what would be taken, and save nothing
  --from-line N    begin with the records on line N
  --continue       go on where an earlier import of the same name stopped; leave
                   out what was imported to its end
  --rejected FILE  write the rejected lines there: the source, the line, the reason
  --wait SECONDS   how long a server that is gone is waited for, by default 60
  -h, --help       this text

Environment:
  MILLRACE_URL    the server, by default http://127.0.0.1:8000, or there at PORT and BASE_PATH
  MILLRACE_TOKEN  sent as a bearer token, where the server requires one; or ADMIN_TOKEN;
                  MILLRACE_TOKEN_FILE and ADMIN_TOKEN_FILE name a file with it

Exit codes: 0 all was taken; 2 some records were rejected; 1 an import failed, or nothing
could be taken; 130 it was interrupted.
`;

/** The parsed command line. */
export interface ImportOptions {
  sources: string[];
  /** The query parameters that are the same for each source. */
  query: Record<string, string>;
  contentType: string | null;
  isContinued: boolean;
  rejectedFile: string | null;
  waitSeconds: number;
}

/** Parses the command line; returns null for `--help`. Throws an error that names the invalid argument. */
export function readOptions(args: string[]): ImportOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  if (positionals.length === 0) throw new Error("Cannot import: no file is named; try --help");
  const given = {
    charset: values.charset,
    group: values.group,
    map: values.map,
    update: values.update ? "true" : undefined,
    validate: values.validate ? "true" : undefined,
    from_line: values["from-line"],
  };
  return {
    sources: positionals,
    query: Object.fromEntries(
      Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
    contentType: values.type === undefined ? null : contentTypeOf(values.type),
    isContinued: values.continue ?? false,
    rejectedFile: values.rejected ?? null,
    waitSeconds: wholeNumber(values.wait ?? "60"),
  };
}

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  type: { type: "string" },
  charset: { type: "string" },
  group: { type: "string" },
  map: { type: "string" },
  update: { type: "boolean" },
  validate: { type: "boolean" },
  "from-line": { type: "string" },
  continue: { type: "boolean" },
  rejected: { type: "string" },
  wait: { type: "string" },
} as const;

function parse(args: string[]) {
  // The errors of a strict parser are worded for programmers, and name no help.
  const { tokens } = parseArgs({
    args,
    allowPositionals: true,
    options: OPTIONS,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "option") checkOption(token);
  }
  return parseArgs({ args, allowPositionals: true, options: OPTIONS });
}

interface OptionToken {
  name: string;
  /** As it is on the command line. */
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  const known = Object.entries(OPTIONS).find(([each]) => each === name)?.[1];
  if (known === undefined) {
    throw new Error(`Cannot import: there is no option ${rawName}; try --help`);
  }
  if (known.type === "boolean" && value !== undefined) {
    throw new Error(`Cannot import: ${rawName} takes no value; try --help`);
  }
  // As of --group --update, where the value was forgotten.
  const isMissing = value === undefined || value === "" || !inlineValue && /^-./.test(value);
  if (known.type === "string" && isMissing) {
    throw new Error(`Cannot import: ${rawName} needs a value; try --help`);
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`Cannot import: --wait is ${text}, no number`);
  return Number(text);
}

const TYPE_OF_FORMAT = {
  json: "application/json",
  table: "text/csv",
  feed: "application/xml",
  page: "text/html",
  text: "text/plain",
  markdown: "text/markdown",
} as const;

function contentTypeOf(type: string): string {
  const format = formatNamed(type.replace(/^\./, ""));
  if (format === null) throw new Error(`Cannot import: --type ${type} is not supported`);
  return type.includes("/") ? type : TYPE_OF_FORMAT[format];
}
