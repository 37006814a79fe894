/** An article as it was handed over: a row of `original_articles`. */
export interface RawArticle {
  id: number;
  groupId: number;
  title: string;
  /** HTML or plain text. */
  content: string;
}

/** What an operator may choose about the making of paragraphs. */
export interface ArticleSettings {
  /** Characters (code points) that a paragraph must have to be kept. */
  minParagraphLength: number;
  /** A paragraph that holds one of these, in any case, is left out. */
  advertisingPhrases: string[];
}
