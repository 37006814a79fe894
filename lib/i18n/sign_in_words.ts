import { defineWords } from "./words.ts";

/** The sign-in form's messages. */
export const signInWords = defineWords({
  zh: {
    title: "登录",
    token: "令牌",
    hint: "ADMIN_TOKEN、VIEWER_TOKEN，或令牌文件中登记的个人令牌。",
    submit: "登录",
    wrong: "令牌不正确。",
    withoutPages: "这个令牌只用于通过 API 投稿，不能打开页面。",
    throttled: "尝试次数过多，请在 {count} 秒后再试。",
  },
  en: {
    title: "Sign in",
    token: "Token",
    hint: "ADMIN_TOKEN, VIEWER_TOKEN, or a token of your own from the tokens file.",
    submit: "Sign in",
    wrong: "This token is not known.",
    withoutPages: "This token is for handing over articles by the API; it opens no pages.",
    throttled: {
      one: "Too many tries; try again in {count} second.",
      other: "Too many tries; try again in {count} seconds.",
    },
  },
});
