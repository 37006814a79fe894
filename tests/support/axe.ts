import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * Returns the violations that axe-core finds in the current page, one per line; empty if there are none. The
 * page's context must bypass its Content-Security-Policy.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    // axe-core adds itself to the page's globals, which are not typed.
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      // Of the rules that pass, one element each is enough: it takes half the time.
      resultTypes: ["violations"],
    })
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}: ${failureSummary}`)
  );
}
