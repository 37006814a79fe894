import { type ComponentChildren, createContext, h } from "preact";

/** Whether an element is being rendered inside a {@linkcode Head}. */
export const HeadContext = createContext(false);

/** The props of {@linkcode Head}. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Puts its children into the document's head when the server renders them. An element replaces the one with
 * the same key that the application wrapper renders. Without a `key`, every `<title>` is the same element,
 * and so are two tags with the same attributes, whatever `href` a `<link>` or `content` a `<meta>` has.
 */
export function Head(props: HeadProps): ComponentChildren {
  return h(HeadContext.Provider, { value: true }, props.children);
}
