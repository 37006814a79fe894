import type { ComponentChildren } from "preact";
import type { Tone } from "../../lib/wire/health/health.ts";
import { Icon } from "./Icon.tsx";

export interface ChipProps {
  /** The link; without it, the chip is plain text. */
  href?: string;
  tone?: Tone;
  children: ComponentChildren;
}

/** A short text in a pill, optionally a link. */
export function Chip({ href, tone, children }: ChipProps) {
  if (href === undefined) return <span class="chip" data-tone={tone}>{children}</span>;
  return (
    <a class="chip" href={href} data-tone={tone}>
      <span>{children}</span>
      <Icon name="next" />
    </a>
  );
}
