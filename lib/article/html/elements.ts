const set = (names: string) => new Set(names.split(" "));

/** Block elements: a paragraph ends before and after them. */
export const BLOCKS: ReadonlySet<string> = set(
  "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset " +
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li " +
    "listing main menu multicol nav ol optgroup option p plaintext pre search section select " +
    "summary table tbody td tfoot th thead title tr ul xmp",
);

/** Void elements: no content and no end tag. */
export const VOID: ReadonlySet<string> = set(
  "area base basefont bgsound br col embed frame hr img input isindex keygen link meta param " +
    "source spacer track wbr",
);

/**
 * Elements dropped together with their text: code, fallback content, ruby annotations (Millrace makes its
 * own), values of form controls.
 */
export const SILENT: ReadonlySet<string> = set(
  "annotation annotation-xml applet audio canvas datalist iframe noembed noframes noscript object " +
    "option rp rt rtc script select style svg template textarea title video",
);

/** Elements with significant line breaks. */
export const PREFORMATTED: ReadonlySet<string> = set("listing plaintext pre xmp");

/** Raw text elements: the tokenizer reads their content as text up to the end tag. */
export const RAW: ReadonlySet<string> = set(
  "iframe noembed noframes plaintext script style textarea title xmp",
);

/** Scope boundaries for end tags, so that a stray one in a cell does not close the table. */
export const SCOPES: ReadonlySet<string> = set("button caption table td th");

/** The parts of a table, whose end tags also close open cells. */
export const TABLE_PARTS: ReadonlySet<string> = set(
  "caption table tbody td tfoot th thead tr",
);

const ENDS_PARAGRAPH = set("p");
const CELLS = set("td th");
const ROWS = set("td th tr");

/** The innermost open elements that a start tag closes implicitly. */
export const IMPLIED_ENDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[...BLOCKS].filter((name) => name !== "br")
    .map((name): [string, Set<string>] => [name, ENDS_PARAGRAPH]),
  ["li", set("li p")],
  ["dt", set("dd dt p")],
  ["dd", set("dd dt p")],
  ["option", set("option")],
  ["optgroup", set("optgroup option")],
  ["rb", set("rb rp rt rtc")],
  ["rt", set("rb rp rt")],
  ["rp", set("rb rp rt")],
  ["rtc", set("rb rp rt rtc")],
  ["td", CELLS],
  ["th", CELLS],
  ["tr", ROWS],
  ["tbody", set("tbody td tfoot th thead tr")],
  ["tfoot", set("tbody td tfoot th thead tr")],
  ["thead", set("tbody td tfoot th thead tr")],
]);

const INLINE = set(
  "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label map " +
    "mark marquee math meter nobr output picture progress q rb ruby s samp slot small span strike " +
    "strong sub sup time tt u var",
);

const MATH = set(
  "maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom " +
    "mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder " +
    "munderover semantics",
);

/** All HTML elements, including obsolete ones; other names are not treated as tags. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...BLOCKS,
  ...VOID,
  ...SILENT,
  ...INLINE,
  ...MATH,
  ...set("button colgroup"),
]);
