import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * The faults that axe-core finds in a page as it is now, a line each; none is right. The page's context
 * must bypass its Content-Security-Policy.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    // axe-core has put itself there; the page's own types do not know it.
    (globalThis as unknown as { axe: typeof axe }).axe.run(document)
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}: ${failureSummary}`)
  );
}
