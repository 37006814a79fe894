import { pinyin } from "pinyin-pro";

/** Annotates a paragraph by pinyin-pro's public function. */
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
