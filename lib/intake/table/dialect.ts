import { tableFields } from "./table_record.ts";

const DELIMITERS = [",", "\t", ";", "|"];
const SEPARATOR_LINE = /^"?sep=(.)"?\s*$/i;

/** The dialect of a table. */
export interface Dialect {
  delimiter: string;
  /** Whether the first line only declares the delimiter. */
  hasSeparatorLine: boolean;
  /** Whether lines end with just a carriage return. */
  hasBareReturns: boolean;
}

/**
 * Detects the dialect from the start of a table: the delimiter of `sep=`, else the one that splits the header
 * into the most columns.
 */
export function readDialect(head: string): Dialect {
  const hasBareReturns = !head.includes("\n") && head.includes("\r");
  const [first = ""] = head.trimStart().split(/\r\n|[\r\n]/);
  const said = SEPARATOR_LINE.exec(first)?.[1];
  if (said !== undefined) return { delimiter: said, hasSeparatorLine: true, hasBareReturns };
  const columns = (delimiter: string) => {
    const fields = tableFields(first, delimiter);
    return "error" in fields ? first.split(delimiter).length : fields.length;
  };
  const [delimiter = ","] = DELIMITERS.toSorted((a, b) => columns(b) - columns(a));
  return { delimiter, hasSeparatorLine: false, hasBareReturns };
}
