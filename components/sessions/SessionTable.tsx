import type { sessionsWords } from "../../lib/i18n/sessions_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { Role } from "../../lib/wire/role.ts";
import { Moment } from "../shell/Moment.tsx";

/** A row of the sessions page. */
export interface ShownSession {
  id: string;
  name: string;
  role: Role;
  address: string;
  userAgent: string;
  createdAt: number;
  seenAt: number;
}

export interface SessionTableProps {
  voice: Voice<WordKey<typeof sessionsWords>>;
  sessions: readonly ShownSession[];
  /** The id of the reader's own session, if any. */
  own: string | null;
}

/** The signed-in browsers, each with a button that ends its session. */
export function SessionTable({ voice, sessions, own }: SessionTableProps) {
  const { say } = voice;
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say("who")}</th>
          <th scope="col">{say("role")}</th>
          <th scope="col">{say("address")}</th>
          <th scope="col">{say("browser")}</th>
          <th scope="col">{say("since")}</th>
          <th scope="col">{say("seen")}</th>
          <th scope="col">{say("end")}</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td class="rows-title">
              {session.name} {session.id === own && <span class="badge">{say("current")}</span>}
            </td>
            <td class="rows-time">{say(session.role)}</td>
            <td class="rows-time">{session.address}</td>
            <td>{session.userAgent || "–"}</td>
            <td class="rows-time">
              <Moment voice={voice} at={session.createdAt} />
            </td>
            <td class="rows-time">
              <Moment voice={voice} at={session.seenAt} />
            </td>
            <td>
              <form method="post" action="/sessions">
                <input type="hidden" name="id" value={session.id} />
                <button
                  type="submit"
                  class="button"
                  data-look="quiet"
                  aria-label={say("endOf", { name: session.name })}
                >
                  {say("end")}
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
