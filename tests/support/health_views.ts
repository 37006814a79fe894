import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { TestBrowser } from "./chromium.ts";
import { eventually } from "./eventually.ts";
import type { Millrace } from "./millrace.ts";

/** A generous limit, because the machine may be busy. */
const SEEN_MS = 30_000;

/** The design's limit: the detection takes 2.5 s at most, and a page shows two statuses a second. */
const SHOWN_WITHIN_MS = 3_000;

/** Records when a page's title, which names the health, changed, and how late its timers were. */
export async function watchTitle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = { changes: [] as { at: number; title: string }[], lagMs: 0 };
    Object.assign(globalThis, { watch });
    const note = () => {
      if (watch.changes.at(-1)?.title === document.title) return;
      watch.changes.push({ at: Date.now(), title: document.title });
    };
    new MutationObserver(note).observe(document.head, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    note();
    let due = Date.now() + 100;
    setInterval(() => {
      watch.lagMs = Math.max(watch.lagMs, Date.now() - due);
      due = Date.now() + 100;
    }, 100);
  });
}

/**
 * Asserts that a page's title matched within the limit of what happened at `since`. The delay of timers on a busy
 * machine, which this page observed meanwhile, is not the design's.
 */
export async function assertShownInTime(page: Page, title: RegExp, since: number) {
  const { changes, lagMs } = await page.evaluate(() =>
    (globalThis as unknown as {
      watch: { changes: { at: number; title: string }[]; lagMs: number };
    }).watch
  );
  const shown = changes.find((change, index) =>
    (changes[index + 1]?.at ?? Infinity) > since && title.test(change.title)
  );
  const after = (shown?.at ?? Infinity) - since;
  assert.ok(after <= SHOWN_WITHIN_MS + 2 * lagMs, `after ${after} ms, with a lag of ${lagMs} ms`);
}

/** The views that show the health: the overview, another page's header, and the wall view. */
export interface Views extends AsyncDisposable {
  overview: Page;
  logs: Page;
  wall: Page;
}

export async function openViews(chromium: TestBrowser, { url }: Millrace): Promise<Views> {
  const open = async (path: string) => {
    const { page } = await chromium.newPage({ locale: "en-US" });
    await page.goto(url + path);
    return page;
  };
  const [overview, logs, wall] = [await open("/"), await open("/logs"), await open("/?view=wall")];
  return {
    overview,
    logs,
    wall,
    async [Symbol.asyncDispose]() {
      for (const page of [overview, logs, wall]) await page.close();
    },
  };
}

export interface Expected {
  name: string | RegExp;
  reason: RegExp;
  title: RegExp;
  icon: string;
  /** Whether the wheel spins. */
  turns: boolean;
}

/** Waits until every view shows this health and no other. */
export async function assertAllShow({ overview, logs, wall }: Views, expected: Expected) {
  const text = async (page: Page, field: string) =>
    await page.locator(`[data-field="${field}"]`).textContent({ timeout: 2_000 }) ?? "";
  const assertName = (found: string) =>
    typeof expected.name === "string"
      ? assert.equal(found, expected.name)
      : assert.match(found, expected.name);
  await eventually(async () => {
    for (const page of [overview, wall]) {
      assertName(await text(page, "running"));
      assert.match(await text(page, "verdict"), expected.reason);
      const turning = await page.locator(".verdict").getAttribute("data-turning");
      assert.equal(turning, String(expected.turns));
    }
    assertName(await text(logs, "health"));
    assert.match(await text(logs, "reason"), expected.reason);
    for (const page of [overview, logs, wall]) {
      assert.match(await page.title(), expected.title);
      const icon = await page.locator("#icon").getAttribute("href");
      assert.equal(icon, `/icons/${expected.icon}.svg`);
    }
  }, SEEN_MS);
}
