import type { ComponentChildren } from "preact";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { shellWords } from "../../lib/i18n/shell_words.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { Role } from "../../lib/wire/role.ts";
import { Navigation, type NavigationProps } from "./Navigation.tsx";
import { Person } from "./Person.tsx";
import { Wheel } from "./Wheel.tsx";

export interface FrameProps {
  voice: Voice<WordKey<typeof shellWords>>;
  /** Null if not signed in. */
  name: string | null;
  role: Role;
  mayAct: boolean;
  signsOut: boolean;
  /** Badges next to links to pages. */
  counts?: NavigationProps["counts"];
  /** The palette's button and the switches, which need scripts. */
  search?: ComponentChildren;
  preferences?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of every page: the rail with links and switches, and the content. */
export function Frame(props: FrameProps) {
  const { voice, name, role, mayAct, signsOut, counts = {}, search, preferences, children } = props;
  return (
    <div class="shell">
      <a class="skip" href="#content">{voice.say("skip")}</a>
      <header class="rail">
        <a class="brand" href="/">
          <Wheel />
          <span class="brand-name">Millrace</span>
        </a>
        {search}
        <Navigation voice={voice} mayAct={mayAct} counts={counts} />
        <div class="rail-end">
          <Person voice={voice} name={name} role={role} signsOut={signsOut} />
          {preferences}
        </div>
      </header>
      <main id="content" class="main">{children}</main>
    </div>
  );
}
