import { asset, Head } from "fresh/runtime";

export interface PageHeadProps {
  /** The page's own title. */
  title: string;
  /** Stylesheets in `static/styles/`, without the extension. */
  styles: readonly string[];
}

/** The document's title and the page's stylesheets, each with the key without which Fresh 2.3.3 keeps only one. */
export function PageHead({ title, styles }: PageHeadProps) {
  return (
    <Head>
      <title>{`${title} – Millrace`}</title>
      {styles.map((name) => (
        <link
          key={name}
          rel="stylesheet"
          href={asset(`/styles/${name}.css`)}
        />
      ))}
    </Head>
  );
}
