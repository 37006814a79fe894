import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import type { Millrace } from "./millrace.ts";

/** An article as a line of NDJSON; with `poison`, each attempt fails. */
export function articleLine(number: number, poison = false): string {
  const content = poison
    ? "[[millrace:throw]]"
    : `Article ${number} has a paragraph that is long enough to be kept, whatever else it contains.`;
  return `${JSON.stringify({ title: `Article ${number}`, content, source: `test-${number}` })}\n`;
}

/** Imports articles over HTTP. */
export async function importLines(millrace: Millrace, lines: string[]): Promise<void> {
  const response = await millrace.fetch("/api/articles/import", {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: lines.join(""),
  });
  assert.equal(response.status, 200, await response.text());
}

export async function configure(millrace: Millrace, settings: Record<string, unknown>) {
  const response = await millrace.fetch("/api/processor/config", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(settings),
  });
  assert.equal(response.status, 200, await response.text());
}

/** Returns the text that a page shows for a status field. */
export async function shown(page: Page, field: string): Promise<string> {
  const figure = page.locator(`[data-field="${field}"] .number`);
  const place = await figure.count() > 0 ? figure : page.locator(`[data-field="${field}"]`);
  return (await place.textContent({ timeout: 2_000 })) ?? "";
}

/** Waits until a page shows a text for a status field. */
export async function shows(page: Page, field: string, text: string | RegExp, withinMs?: number) {
  await eventually(async () => {
    const found = await shown(page, field);
    if (typeof text === "string") assert.equal(found, text);
    else assert.match(found, text);
  }, withinMs);
}

/** Scrolls to the charts, which hydrate when they are visible: until then their elements may be replaced. */
export async function scrollToCharts(page: Page): Promise<void> {
  await page.locator(".charts").evaluate((charts) => charts.scrollIntoView());
  await page.locator("[data-live=true]").waitFor();
}
