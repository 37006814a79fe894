import type { ReadonlySignal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import type { Shape } from "../../lib/wire/health/health.ts";
import { Wheel } from "../shell/Wheel.tsx";
import { Glyph } from "./Glyph.tsx";

/** The wheel with the state's shape on it. */
export function Sign({ shape }: { shape: ReadonlySignal<Shape> }) {
  return (
    <div class="sign">
      <Wheel />
      <span class="badge">{useComputed(() => <Glyph shape={shape.value} />)}</span>
    </div>
  );
}
