/** A raw paragraph of an article's content. */
export interface Paragraph {
  text: string;
  /** Whether it is the page's boilerplate: a menu, a list of links, a copyright notice. */
  isChrome: boolean;
}
