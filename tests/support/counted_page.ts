import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** The hand of an operator: acts on a page and counts the clicks and the keys. */
export interface Hand {
  click(target: Locator, at?: { x: number; y: number }): Promise<void>;
  /** Clicks what has a role and a name. */
  press(role: "link" | "button", name: string | RegExp): Promise<void>;
  /** Presses a key, or several at once; a typed text is not counted. */
  key(keys: string): Promise<void>;
  /** Asserts the number of clicks and keys so far. */
  took(clicks: number, keys?: number): void;
}

export function handOn(page: Page): Hand {
  let [clicks, keys] = [0, 0];
  const click: Hand["click"] = async (target, position) => {
    clicks++;
    await target.click(position === undefined ? {} : { position });
  };
  return {
    click,
    press: (role, name) => click(page.getByRole(role, { name })),
    async key(pressed) {
      keys++;
      await page.keyboard.press(pressed);
    },
    took(most, mostKeys = 0) {
      assert.deepEqual({ clicks, keys }, { clicks: most, keys: mostKeys });
    },
  };
}
