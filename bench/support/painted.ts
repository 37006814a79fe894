import type { Page } from "playwright-core";
import { eventually } from "../../tests/support/eventually.ts";

/** What a page has shown of a number, and when. */
export interface Painted {
  /** The number that is shown now. */
  shown(): Promise<number>;
  /** Waits until at least so much is shown; answers when each of the numbers was painted. */
  until(value: number): Promise<PaintedNumber[]>;
}

/** A number and when the frame that shows it was painted, ms since the epoch with their fractions. */
export interface PaintedNumber {
  at: number;
  value: number;
}

const PATIENCE_MS = 60_000;

/**
 * Watches a number of a page: whenever its text has changed, the next frame is waited for, and the
 * moment just after that has been painted is kept.
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

/** Runs in the page, so it needs nothing around it. */
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
      // A frame is painted after its callbacks; a message comes right after that.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        painted.push({ at: performance.timeOrigin + performance.now(), value });
        port1.close();
      };
      port2.postMessage(null);
    });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
