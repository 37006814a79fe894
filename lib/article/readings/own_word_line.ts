/** Syntax of an operator's word: marked, such as `银行(hang)`, or a minus and a word to be ignored. */
export const OWN_WORD_LINE = /^(?:-\p{Script=Han}+|(?:\p{Script=Han}(?:\([a-zü]+[0-5]?\))?)+)$/u;
