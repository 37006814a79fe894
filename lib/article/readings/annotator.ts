import { bareText, endOfVariation } from "./bare_text.ts";
import type { Lexicon } from "./lexicon.ts";
import { createReader, readText, REPEAT_MARK } from "./reader.ts";
import { styleSyllable, type SyllableStyle } from "./syllables.ts";

/** Adds readings to characters. */
export type Annotate = (text: string, style: SyllableStyle) => string;

/** Makes the function that annotates by a lexicon. */
export function createAnnotator(lexicon: Lexicon): Annotate {
  const reader = createReader(lexicon);
  const known = new Map<SyllableStyle, Spellings>();

  function spellingsOf(style: SyllableStyle): Spellings {
    let spellings = known.get(style);
    if (spellings === undefined) known.set(style, spellings = createSpellings(lexicon, style));
    return spellings;
  }

  /** A path that is a third faster, for texts without invisible characters and iteration marks. */
  function annotateByWords(text: string, { suffixes, alone, inWords }: Spellings): string {
    const words = reader.segment(text);
    let readings: Uint16Array | null = null;
    let annotated = "";
    for (let at = 0; at < text.length;) {
      const word = words.words[at]!;
      if (word === 0) {
        const unit = text.charCodeAt(at);
        const reading = reader.readAlone(text, words, at);
        annotated += reading === lexicon.alone[unit]
          ? alone[unit] ??= text[at]! + suffixes[reading]!
          : text[at]! + suffixes[reading]!;
        at++;
        continue;
      }
      const end = words.ends[at]!;
      let spelled = words.hasVariants ? undefined : inWords[word];
      if (spelled === undefined) {
        readings ??= new Uint16Array(text.length);
        reader.readWord(words, at, readings);
        spelled = "";
        for (let place = at; place < end; place++) {
          spelled += text[place]! + suffixes[readings[place]!]!;
        }
        if (!words.hasVariants) inWords[word] = spelled;
      }
      annotated += spelled;
      at = end;
    }
    return annotated;
  }

  return (text, style) => {
    const spellings = spellingsOf(style);
    const { bare, places } = bareText(text);
    if (places === null && !text.includes(REPEAT_MARK)) return annotateByWords(text, spellings);
    const readings = readText(reader, bare);
    let annotated = "";
    let end = 0;
    for (let at = 0; at < bare.length; at++) {
      const next = endOfVariation(text, places === null ? at : places[at]!);
      annotated += text.slice(end, next) + spellings.suffixes[readings[at]!]!;
      end = next;
    }
    return annotated + text.slice(end);
  };
}

/** Precomputed strings of a style. All but the suffixes are created lazily. */
interface Spellings {
  /** The suffix of a character, by syllable id. */
  suffixes: string[];
  /** A character with its default reading, by code unit. */
  alone: (string | undefined)[];
  /** A word with its readings, by node. */
  inWords: (string | undefined)[];
}

function createSpellings({ syllables, costs }: Lexicon, style: SyllableStyle): Spellings {
  return {
    suffixes: syllables.map((syllable) => syllable && `(${styleSyllable(syllable, style)})`),
    alone: new Array(0x10000).fill(undefined),
    inWords: new Array(costs.length).fill(undefined),
  };
}
