import { decodeHTMLStrict } from "entities";

/** Decodes character references that end with a semicolon: `?a=1&region=cn` stays unchanged. */
export function decodeEntities(text: string): string {
  return text.includes("&") ? decodeHTMLStrict(text) : text;
}
