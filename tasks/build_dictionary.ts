// Builds lib/article/readings/dictionary.json, the data of the readings, from npm packages and the lists in
// tasks/dictionary/. Run it when one of them changes:
//
//   deno run -A tasks/build_dictionary.ts

import { packDictionary } from "./dictionary/pack.ts";
import { selectWords } from "./dictionary/select.ts";
import { readSources } from "./dictionary/dictionary_sources.ts";

const OUT = new URL("../lib/article/readings/dictionary.json", import.meta.url);

const sources = await readSources();
const words = selectWords(sources);
const { packed, bytes } = packDictionary({ ...sources, words });
await Deno.writeTextFile(OUT, JSON.stringify({ packed }) + "\n");
const line = `${sources.characters.size} characters, ${sources.folds.size} variants, ` +
  `${words.length} words of ${sources.words.size}: ${bytes} bytes compressed\n`;
await Deno.stdout.write(new TextEncoder().encode(line));
