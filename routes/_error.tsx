import { getLogger } from "@logtape/logtape";
import { HttpError, page } from "fresh";
import { Frame } from "../components/shell/Frame.tsx";
import { ROLE_WORDS } from "../components/shell/Person.tsx";
import { Wheel } from "../components/shell/Wheel.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import { mayAs } from "../lib/auth/route_permissions.ts";
import { securityHeaders } from "../lib/auth/content_security_policy.ts";
import { refused } from "../lib/http/json_response.ts";
import { RETRY_AFTER_S } from "../lib/http/error_response.ts";
import { isApiPath } from "../lib/http/api_path.ts";
import { outageOf } from "../lib/http/outage_error.ts";
import { chooseLanguage } from "../lib/i18n/choose_language.ts";
import { meaningOf, wordMessage } from "../lib/i18n/refusals/word_message.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import { isRole, type Role } from "../lib/wire/role.ts";
import { toError } from "../lib/runtime/errors.ts";
import { requestId } from "../lib/runtime/log_context.ts";

const logger = getLogger("millrace");

export const config = { skipInheritedLayouts: true };

/** Error responses bypass the middlewares, so this one sets their headers. */
export const handler = define.handlers(({ req, url, error, config }) => {
  const headers = securityHeaders({ nonce: null, development: config.mode === "development" });
  if (isUnexpected(error)) logger.error("Request failed: {error}", { error: toError(error) });
  if (!isApiPath(url)) {
    if (outageOf(error) === null) return page(undefined, { headers });
    const seconds = String(RETRY_AFTER_S);
    headers.push(["retry-after", seconds]);
    // The browser loads the address again, also without scripts. A form is not sent twice: its sender decides.
    if (isReading(req)) headers.push(["refresh", seconds]);
    return page(undefined, { headers, status: 503 });
  }
  const { status, message } = error instanceof HttpError ? error : new HttpError(500);
  return refused(req, status, message || `${req.method} ${url.pathname} has no route`, {
    headers: Object.fromEntries(headers),
  });
});

/** Whether the browser may repeat the request. */
function isReading({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

function isUnexpected(error: unknown): boolean {
  return outageOf(error) === null && !(error instanceof HttpError && error.status < 500);
}

/** Returns the role that a refusal requires, and the actor's; null if it is no matter of roles. */
function readLack(message: string): { needed: Role; own: Role } | null {
  const meaning = meaningOf(message);
  if (meaning?.code !== "no_permission") return null;
  const { permission, role } = meaning.parameters;
  return isRole(permission) && isRole(role) ? { needed: permission, own: role } : null;
}

/**
 * The error page (not found, forbidden, failed): within the frame for actors who may view pages, stand-alone for
 * others and for a node that did not start.
 */
export default define.page((ctx) => {
  const { error, req, state, url } = ctx;
  const language = chooseLanguage(req.headers);
  const voice = createVoice(language, shellWords[language]);
  const { say } = voice;
  const isAway = outageOf(error) !== null;
  const status = error instanceof HttpError ? error.status : isAway ? 503 : 500;

  function explain(): { title: string; text: string } {
    if (status === 404 && error instanceof HttpError && meaningOf(error.message) !== null) {
      return { title: say("notFoundTitle"), text: wordMessage(language, error.message) };
    }
    if (status === 404) {
      return { title: say("notFoundTitle"), text: say("notFoundText", { path: url.pathname }) };
    }
    const lack = error instanceof HttpError ? readLack(error.message) : null;
    if (lack !== null) {
      const [needed, own] = [say(ROLE_WORDS[lack.needed]), say(ROLE_WORDS[lack.own])];
      return { title: say("refusedTitle"), text: say("refusedText", { needed, role: own }) };
    }
    if (error instanceof HttpError && status < 500) {
      const title = say(status === 403 ? "refusedTitle" : "invalidTitle");
      return { title, text: wordMessage(language, error.message) };
    }
    if (isAway) {
      const text = isReading(req) ? say("awayText", { seconds: RETRY_AFTER_S }) : say("awayUnsent");
      return { title: say("awayTitle"), text };
    }
    return { title: say("errorTitle"), text: say("errorText", { id: requestId() ?? "—" }) };
  }

  const { identity, role } = state;
  const mayView = Boolean(state.node && identity) && mayAs(role, "viewer");
  const signsOut = identity?.credential.kind === "session";
  const { title, text } = explain();
  const explanation = (
    <>
      <PageHead title={title} styles={[...(mayView ? ["frame"] : []), "stand_alone"]} />
      <Wheel />
      <p class="stand-alone-status">{status}</p>
      <h1>{title}</h1>
      <p>{text}</p>
      {(mayView || !identity) && <a class="button" href="/">{say("backHome")}</a>}
      {signsOut && !mayView && (
        <form method="post" action="/sign-out">
          <button type="submit" class="button">{say("signOut")}</button>
        </form>
      )}
    </>
  );
  if (!mayView) return <main class="stand-alone">{explanation}</main>;
  // No island: the Content-Security-Policy of these responses allows no inline script.
  return (
    <Frame
      voice={voice}
      name={signsOut ? identity.actor.name : null}
      role={role}
      mayAct={mayAs(role, "operator")}
      signsOut={signsOut}
    >
      <div class="stand-alone">{explanation}</div>
    </Frame>
  );
});
