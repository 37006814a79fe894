import type { ComponentChildren } from "preact";

export interface PageHeaderProps {
  title: string;
  /** A short text next to the title. */
  note?: ComponentChildren;
  /** The page's actions. */
  children?: ComponentChildren;
}

/** A page's title with its actions. */
export function PageHeader({ title, note, children }: PageHeaderProps) {
  return (
    <header class="head">
      <h1>{title}</h1>
      {note !== undefined && <p>{note}</p>}
      {children !== undefined && <div class="head-end">{children}</div>}
    </header>
  );
}
