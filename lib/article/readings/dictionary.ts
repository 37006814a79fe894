import packed from "./dictionary.json" with { type: "json" };
import type { Lexicon } from "./lexicon.ts";
import { unpackDictionary } from "./unpack_dictionary.ts";

/** The lexicon that is built into Millrace (see tasks/build_dictionary.ts). It loads without permissions. */
export const dictionary: Lexicon = unpackDictionary(packed.packed);
