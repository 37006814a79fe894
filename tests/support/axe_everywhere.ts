import assert from "node:assert/strict";
import { faultsOf } from "./axe.ts";
import type { TestBrowser } from "./chromium.ts";
import type { Page } from "playwright-core";

/**
 * Holds a page to axe-core in both languages and both themes, wide and at 360 pixels, and to its width:
 * nothing may stick out. `prepare` brings each page into the state that is looked at.
 */
export async function assertAccessible(
  chromium: TestBrowser,
  url: string,
  prepare: (page: Page) => Promise<unknown>,
): Promise<void> {
  for (const locale of ["zh-CN", "en-US"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [360, 1440]) {
        const viewport = { width, height: 800 };
        const { page, errors } = await chromium.newPage({
          locale,
          colorScheme,
          viewport,
          bypassCSP: true,
          reducedMotion: "reduce",
        });
        const where = `${locale} ${colorScheme} ${width}`;
        await page.goto(url);
        await prepare(page);
        assert.deepEqual(await faultsOf(page), [], where);
        const widest = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(widest <= width, `${where}: the page is ${widest} pixels wide`);
        assert.deepEqual(errors, [], where);
        await page.close();
      }
    }
  }
}
