import { gunzipSync } from "node:zlib";
import { decodePage } from "./decode_page.ts";

/** A page and the expected HTML of its article. */
export interface ArticlePage {
  html: string;
  expected: string;
}

/** A page, with pieces of text that its article must and must not contain. */
export interface SegmentPage {
  html: string;
  wanted: string[];
  unwanted: string[];
}

/** A page and the text of its article. */
export interface BodyPage {
  html: string;
  body: string;
}

/** Reads the collection of @mozilla/readability's tests. */
export function readArticlePages(folder: string): ArticlePage[] {
  return [...Deno.readDirSync(folder)].filter(({ isDirectory }) => isDirectory).map(({ name }) => ({
    html: Deno.readTextFileSync(`${folder}/${name}/source.html`),
    expected: Deno.readTextFileSync(`${folder}/${name}/expected.html`),
  }));
}

/** Reads the collection of trafilatura's evaluation. */
export function readSegmentPages(folder: string): SegmentPage[] {
  const pages: Record<string, { file: string; with: string[]; without: string[] }> = JSON.parse(
    Deno.readTextFileSync(`${folder}/evaldata.json`),
  );
  return Object.values(pages).map((page) => ({
    html: readPage(folder, page.file),
    wanted: page.with,
    unwanted: page.without,
  }));
}

function readPage(folder: string, file: string): string {
  for (const place of ["cache", "eval"]) {
    try {
      return decodePage(Deno.readFileSync(`${folder}/${place}/${file}`));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(`Cannot find the page ${file}`);
}

/** Reads the collection of article-extraction-benchmark. */
export function readBodyPages(folder: string): BodyPage[] {
  const pages: Record<string, { articleBody: string }> = JSON.parse(
    Deno.readTextFileSync(`${folder}/ground-truth.json`),
  );
  return Object.entries(pages).map(([name, { articleBody }]) => ({
    html: decodePage(gunzipSync(Deno.readFileSync(`${folder}/html/${name}.html.gz`))),
    body: articleBody,
  }));
}
