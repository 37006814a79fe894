import type { Role } from "../../lib/wire/role.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

type RoleWord = "roleAdmin" | "roleOperator" | "roleViewer" | "roleIngest";

export interface PersonProps {
  voice: Voice<RoleWord | "signOut">;
  /** Null if not signed in. */
  name: string | null;
  role: Role;
  /** Whether there is a session to sign out of. */
  signsOut: boolean;
}

/** The name of each role. */
export const ROLE_WORDS = {
  admin: "roleAdmin",
  operator: "roleOperator",
  viewer: "roleViewer",
  ingest: "roleIngest",
} as const satisfies Record<Role, RoleWord>;

/** The signed-in person, and the button that signs out. */
export function Person({ voice, name, role, signsOut }: PersonProps) {
  const roleName = voice.say(ROLE_WORDS[role]);
  return (
    <div class="me">
      <span class="face" aria-hidden="true">{[...name ?? roleName][0]}</span>
      <span class="clip">
        {name !== null && <b>{name}</b>}
        <span class="badge">{roleName}</span>
      </span>
      {signsOut && (
        <form method="post" action="/sign-out">
          <button
            type="submit"
            class="button"
            data-look="quiet"
            data-size="small"
            aria-label={voice.say("signOut")}
            title={voice.say("signOut")}
          >
            <Icon name="signOut" />
          </button>
        </form>
      )}
    </div>
  );
}
