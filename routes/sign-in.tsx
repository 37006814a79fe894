import { page } from "fresh";
import { Wheel } from "../components/shell/Wheel.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import type { SignIn } from "../lib/auth/access.ts";
import { setSessionCookie } from "../lib/auth/session_cookie.ts";
import { formFields } from "../lib/http/form_fields.ts";
import { safeRedirectPath } from "../lib/http/safe_redirect.ts";
import { signInWords } from "../lib/i18n/sign_in_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

const MAX_FORM_BYTES = 16 * 1024;

interface SignInPage {
  /** The same-origin path to redirect to after signing in. */
  next: string;
  failure: Exclude<SignIn, { kind: "signed in" }> | null;
}

/** The sign-in form. */
export const handler = define.handlers({
  GET(ctx) {
    const next = safeRedirectPath(ctx.url.searchParams.get("next"));
    if (!ctx.state.node.access.requiresSignIn) return ctx.redirect("/", 303);
    return page<SignInPage>({ next, failure: null });
  },
  async POST(ctx) {
    const { access } = ctx.state.node;
    if (!access.requiresSignIn) return ctx.redirect("/", 303);
    const form = await formFields(ctx.req, MAX_FORM_BYTES);
    const next = safeRedirectPath(form.get("next"));
    const token = form.get("token");
    const { client } = ctx.state;
    const signIn = await access.signIn(
      typeof token === "string" ? token.trim() : "",
      client,
      ctx.req.headers.get("user-agent") ?? "",
    );
    switch (signIn.kind) {
      case "signed in": {
        const response = ctx.redirect(next, 303);
        response.headers.set(
          "set-cookie",
          setSessionCookie(signIn.key, access.cookieScope(client)),
        );
        return response;
      }
      case "wrong":
        return page<SignInPage>({ next, failure: signIn }, { status: 401 });
      case "without pages":
        return page<SignInPage>({ next, failure: signIn }, { status: 403 });
      case "throttled":
        return page<SignInPage>({ next, failure: signIn }, {
          status: 429,
          headers: { "retry-after": String(signIn.waitSeconds) },
        });
    }
  },
});

/** Stand-alone, since anonymous clients have no pages to navigate to. */
export const config = { skipInheritedLayouts: true };

export default define.page<typeof handler>(({ data: { next, failure }, state }) => {
  const { say } = createVoice(state.language, signInWords[state.language]);
  return (
    <main class="stand-alone">
      <PageHead title={say("title")} styles={["stand_alone"]} />
      <Wheel />
      <h1>Millrace</h1>
      <form method="post" action="/sign-in">
        <input type="hidden" name="next" value={next} />
        <label class="field">
          <span>{say("token")}</span>
          <input
            type="password"
            name="token"
            required
            autocomplete="current-password"
            autofocus
            aria-invalid={failure === null ? "false" : "true"}
            aria-describedby={failure === null ? undefined : "refusal"}
          />
        </label>
        <p class="hint">{say("hint")}</p>
        {failure !== null && (
          <p role="alert" id="refusal">
            {failure.kind === "throttled"
              ? say("throttled", { count: failure.waitSeconds })
              : say(failure.kind === "wrong" ? "wrong" : "withoutPages")}
          </p>
        )}
        <button type="submit" class="button" data-look="main">{say("submit")}</button>
      </form>
    </main>
  );
});
