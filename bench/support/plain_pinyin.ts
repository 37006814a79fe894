import { pinyin } from "pinyin-pro";

/** A paragraph with its readings, made by pinyin-pro's public function; equal to what Millrace makes. */
export function annotatePlainly(text: string): string {
  const readings = pinyin(text, { type: "array", toneType: "none", v: true });
  let annotated = "";
  let at = 0;
  for (const character of text) {
    const reading = readings[at++];
    annotated += reading === character ? character : `${character}(${reading})`;
  }
  return annotated;
}
