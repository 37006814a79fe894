const START = 2_000;
const PAGE = /<!doctype\s+html|<(?:html|head|body)[\s>]/i;

/** Whether HTML is a whole web page rather than a fragment. */
export function isWholePage(html: string): boolean {
  return PAGE.test(html.slice(0, START));
}
