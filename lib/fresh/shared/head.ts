import { type ComponentChildren, createContext, h } from "preact";

/** Where an element is being rendered: in the document's own head, in a `<Head>`, or elsewhere. */
export type HeadPlace = "document" | "page" | "elsewhere";

export const HeadContext = createContext<HeadPlace>("elsewhere");

/** The props of {@linkcode Head}. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Puts its children in the document's head when the server renders them. A title, or an element
 * with the same attributes, takes the place of the one that the application's wrapper has there.
 */
export function Head(props: HeadProps): ComponentChildren {
  return h(HeadContext.Provider, { value: "page" }, props.children);
}
