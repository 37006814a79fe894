/**
 * The number of stylesheets that the query sets for `of`, with keys if their names start with the value of
 * `keyed`.
 */
export function Sheets({ url, of }: { url: URL; of: string }) {
  const names = Array.from({ length: Number(url.searchParams.get(of) ?? 0) }, (_, i) => `${of}-${i + 1}`);
  return <>{names.map((name) => <link key={keyIn(url, name)} rel="stylesheet" href={`/${name}.css`} />)}</>;
}

/** The key of the sheet `name`, if the query sets one. */
export function keyIn(url: URL, name: string): string | undefined {
  const keyed = url.searchParams.get("keyed");
  return keyed !== null && name.startsWith(keyed) ? name : undefined;
}
