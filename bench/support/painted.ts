import type { Page } from "playwright-core";
import { eventually } from "../../tests/support/eventually.ts";

/** The painted values of a number on a page. */
export interface Painted {
  /** Returns the number that is displayed now. */
  shown(): Promise<number>;
  /** Waits until at least `value` is displayed; returns the times at which each number was painted. */
  until(value: number): Promise<PaintedNumber[]>;
}

/** A number and the time at which its frame was painted, in fractional ms since the epoch. */
export interface PaintedNumber {
  at: number;
  value: number;
}

const PATIENCE_MS = 60_000;

/**
 * Watches a number on a page. After each change of its text, records the moment just after the next frame
 * was painted.
 */
export async function watchPainted(page: Page, selector: string): Promise<Painted> {
  await page.evaluate(watch, selector);
  const painted = () => page.evaluate(() => Reflect.get(globalThis, "painted") as PaintedNumber[]);
  return {
    async shown() {
      return (await painted()).at(-1)?.value ?? 0;
    },
    async until(value) {
      return await eventually(async () => {
        const numbers = await painted();
        const last = numbers.at(-1)?.value ?? 0;
        if (last < value) throw new Error(`${selector} shows ${last}, not ${value}`);
        return numbers;
      }, PATIENCE_MS);
    },
  };
}

/** Runs in the page, so it must not refer to the module. */
function watch(selector: string) {
  const painted: PaintedNumber[] = [];
  Reflect.set(globalThis, "painted", painted);
  const read = () =>
    Number(document.querySelector(selector)?.textContent?.replaceAll(/\D/g, "") ?? 0);
  let known = read();
  painted.push({ at: performance.timeOrigin + performance.now(), value: known });
  new MutationObserver(() => {
    const value = read();
    if (value === known) return;
    known = value;
    requestAnimationFrame(() => {
      // A frame is painted after its callbacks; a message posted there arrives right after the paint.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        painted.push({ at: performance.timeOrigin + performance.now(), value });
        port1.close();
      };
      port2.postMessage(null);
    });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
