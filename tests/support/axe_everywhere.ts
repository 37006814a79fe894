import assert from "node:assert/strict";
import { faultsOf } from "./axe.ts";
import type { TestBrowser } from "./chromium.ts";
import type { Page } from "playwright-core";

/** Covers every pair of language, theme and width once (pairwise testing). */
const LOOKS = [
  { locale: "zh-CN", looks: [["light", 1440], ["dark", 360]] },
  { locale: "en-US", looks: [["dark", 1440], ["light", 360]] },
] as const;

/**
 * Asserts that a page passes axe-core in both languages, both themes and two widths, and does not overflow
 * horizontally. `prepare` brings the page into the checked state, once per language.
 */
export async function assertAccessible(
  chromium: TestBrowser,
  url: string,
  prepare: (page: Page) => Promise<unknown>,
): Promise<void> {
  for (const { locale, looks } of LOOKS) {
    const { page, errors } = await chromium.newPage({
      locale,
      bypassCSP: true,
    });
    await page.goto(url);
    await prepare(page);
    for (const [colorScheme, width] of looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const where = `${locale} ${colorScheme} ${width}`;
      assert.deepEqual(await faultsOf(page), [], where);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(widest <= width, `${where}: the page is ${widest} pixels wide`);
      assert.deepEqual(errors, [], where);
    }
    await page.close();
  }
}
