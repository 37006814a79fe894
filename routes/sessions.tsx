import { page } from "fresh";
import { SessionTable } from "../components/sessions/SessionTable.tsx";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import { listSessions } from "../lib/database/stored_sessions.ts";
import { actor } from "../lib/http/request_actor.ts";
import { formFields } from "../lib/http/form_fields.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { sessionsWords } from "../lib/i18n/sessions_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

const MAX_BYTES = 16 * 1024;
const MOST_SHOWN = 500;

/** The page of signed-in browsers; a form ends a session with its sockets. */
export const handler = define.handlers({
  ...only("GET", "POST"),
  async GET({ state: { node, identity }, url }) {
    const sessions = await listSessions(node.database.sql, MOST_SHOWN);
    const credential = identity?.credential;
    const own = credential?.kind === "session" ? credential.id : null;
    return page({ sessions, own, hasEnded: url.searchParams.has("ended") });
  },
  async POST(ctx) {
    const { node: { access, socketWatch, events } } = ctx.state;
    const id = String((await formFields(ctx.req, MAX_BYTES)).get("id"));
    const ended = await access.sessions.end(id);
    if (ended !== null) {
      await events.record({ kind: "session_revoked", subject: ended.name, counts: {} }, {
        actor: actor(ctx),
      });
    }
    await socketWatch.check();
    return ctx.redirect("/sessions?ended", 303);
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const { sessions, own, hasEnded } = data;
  const voice = createVoice(language, sessionsWords[language]);
  return (
    <>
      <PageHead title={voice.say("title")} styles={["lists"]} />
      <PageHeader title={voice.say("title")} />
      {hasEnded && <p role="status">{voice.say("ended")}</p>}
      <p class="hint">{voice.say("hint")}</p>
      {sessions.length === 0
        ? <p class="panel panel-body">{voice.say("none")}</p>
        : (
          <section class="panel" aria-label={voice.say("title")}>
            <SessionTable voice={voice} sessions={sessions} own={own} />
          </section>
        )}
    </>
  );
});
