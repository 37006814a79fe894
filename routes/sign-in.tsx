import { page } from "fresh";
import { define } from "../define.ts";
import { clientAddress } from "../lib/auth/address.ts";
import { keepSession } from "../lib/auth/cookie.ts";
import { formFields } from "../lib/http/form_fields.ts";
import { ownPath } from "../lib/http/own_path.ts";

const MAX_FORM_BYTES = 16 * 1024;

interface SignInPage {
  /** Where to go once signed in: a path of this site. */
  next: string;
  failure: { kind: "wrong" } | { kind: "slowed"; waitSeconds: number } | null;
}

/** The form on which a browser signs in. */
export const handler = define.handlers({
  GET(ctx) {
    const next = ownPath(ctx.url.searchParams.get("next"));
    if (!ctx.state.node.access.asksForTokens) return ctx.redirect("/", 303);
    return page<SignInPage>({ next, failure: null });
  },
  async POST(ctx) {
    const { access } = ctx.state.node;
    if (!access.asksForTokens) return ctx.redirect("/", 303);
    const form = await formFields(ctx.req, MAX_FORM_BYTES);
    const next = ownPath(form.get("next"));
    const token = form.get("token");
    const signIn = await access.signIn(
      typeof token === "string" ? token.trim() : "",
      clientAddress(ctx.info),
    );
    switch (signIn.kind) {
      case "signed in": {
        const answer = ctx.redirect(next, 303);
        answer.headers.set("set-cookie", keepSession(signIn.proof, ctx.req));
        return answer;
      }
      case "wrong":
        return page<SignInPage>({ next, failure: signIn }, { status: 401 });
      case "slowed":
        return page<SignInPage>({ next, failure: signIn }, {
          status: 429,
          headers: { "retry-after": String(signIn.waitSeconds) },
        });
    }
  },
});

const WORDS = {
  zh: {
    title: "登录",
    token: "令牌",
    submit: "登录",
    wrong: "令牌不正确。",
    slowed: (seconds: number) => `尝试次数过多，请在 ${seconds} 秒后再试。`,
  },
  en: {
    title: "Sign in",
    token: "Token",
    submit: "Sign in",
    wrong: "This token is not known.",
    slowed: (seconds: number) => `Too many tries; try again in ${seconds} s.`,
  },
};

export default define.page<typeof handler>(({ data: { next, failure }, state }) => {
  const words = WORDS[state.language];
  return (
    <main class="sign-in">
      <form method="post" action="/sign-in">
        <h1>{words.title}</h1>
        <input type="hidden" name="next" value={next} />
        <label>
          {words.token}
          <input type="password" name="token" required autocomplete="current-password" />
        </label>
        {failure !== null && (
          <p role="alert">
            {failure.kind === "wrong" ? words.wrong : words.slowed(failure.waitSeconds)}
          </p>
        )}
        <button type="submit">{words.submit}</button>
      </form>
    </main>
  );
});
