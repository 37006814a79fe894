/** The names with capital letters that are read. */
const CAPITALIZED = new Map(
  ["pubDate", "rdf:RDF", "isPermaLink"].map((name) => [name.toLowerCase(), name] as const),
);

/** Returns a name of an element or attribute as feeds usually write it. */
export function usualCase(name: string): string {
  const lower = name.toLowerCase();
  return CAPITALIZED.get(lower) ?? lower;
}

/** Returns attributes with names as feeds usually write them. */
export function attributesInUsualCase(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [usualCase(name), value]),
  );
}
