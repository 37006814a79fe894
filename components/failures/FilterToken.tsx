import type { ComponentChildren } from "preact";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";

export interface FilterTokenProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  name: string;
  /** The link to the list without this part of the filter. */
  href: string;
  children: ComponentChildren;
}

/** A part of a filter, and a link that removes it. */
export function FilterToken({ voice, name, href, children }: FilterTokenProps) {
  return (
    <span class="token">
      <span>{name}</span>
      <b>{children}</b>
      <a href={href} aria-label={voice.say("removeFilter", { name })}>
        <Icon name="close" />
      </a>
    </span>
  );
}
