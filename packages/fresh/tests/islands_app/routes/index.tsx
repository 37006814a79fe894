import { computed, signal } from "@preact/signals";
import { define } from "../define.ts";
import { Add, Sum } from "../islands/Sum.tsx";
import Kinds from "../islands/Kinds.tsx";
import Toggle from "../islands/Toggle.tsx";

export default define.page(() => {
  const count = signal(1);
  const doubled = computed(() => count.value * 2);
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  return (
    <main>
      <h1>islands</h1>
      <Add count={count} />
      <Sum id="sum" count={count} doubled={doubled} />
      <Toggle id="shown" open>
        <p class="from-server">given</p>
        <Sum id="inside-shown" count={count} doubled={doubled} />
      </Toggle>
      <Toggle id="hidden" open={false}>
        <p class="from-server">kept</p>
        <Sum id="inside-hidden" count={count} doubled={doubled} />
        <Toggle id="nested" open>
          <input class="nested" type="checkbox" checked />
        </Toggle>
      </Toggle>
      <Kinds
        values={{
          map: new Map([["a", 1]]),
          set: new Set([1, 2]),
          url: new URL("https://example.org/a?b"),
          expression: /x+/gi,
          bytes: new Uint8Array([1, 2, 255]),
          big: 123456789012345678901234567890n,
          notANumber: NaN,
          infinite: -Infinity,
          missing: undefined,
          date: new Date(0),
        }}
        circle={circle}
      />
    </main>
  );
});
