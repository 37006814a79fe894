import { splitReadings } from "../../lib/article/readings/split_readings.ts";

/** Punctuation that must not start a line. */
const CLOSING = /^[\p{Pe}\p{Pf}、。，．：；！？!?,.:;…]/u;

export interface ReadingsProps {
  annotated: string;
  /** The paragraph without readings, if known. */
  source?: string;
}

/**
 * An annotated paragraph as ruby. The page's style determines the display: readings above the characters in
 * equal cells, in brackets as stored, or hidden.
 */
export function Readings({ annotated, source }: ReadingsProps) {
  const parts = splitReadings(annotated, source);
  return (
    <>
      {parts.map(({ text, reading }, at) => {
        if (reading === null) {
          const isTaken = at > 0 && parts[at - 1]!.reading !== null && CLOSING.test(text);
          return isTaken ? text.slice(1) : text;
        }
        const next = parts[at + 1];
        const mark = next?.reading === null && CLOSING.test(next.text) ? next.text[0] : null;
        const character = (
          <ruby key={at}>
            {text}
            <rp>(</rp>
            <rt>{reading}</rt>
            <rp>)</rp>
          </ruby>
        );
        if (mark === null) return character;
        return (
          <span key={at} class="keep">
            {character}
            <span>{mark}</span>
          </span>
        );
      })}
    </>
  );
}
