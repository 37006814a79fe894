import { splitReadings } from "../lib/article/readings.ts";

/**
 * An annotated paragraph as ruby. The page's style chooses how it looks: readings above the
 * characters, in brackets as they are stored, or not at all.
 */
export function Readings({ annotated }: { annotated: string }) {
  return (
    <>
      {splitReadings(annotated).map(({ text, reading }, at) =>
        reading === null ? text : (
          <ruby key={at}>
            {text}
            <rp>(</rp>
            <rt>{reading}</rt>
            <rp>)</rp>
          </ruby>
        )
      )}
    </>
  );
}
