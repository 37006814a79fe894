import { defineWords } from "./words.ts";

/** The sign-in form's messages. */
export const signInWords = defineWords({
  zh: {
    title: "登录",
    token: "令牌",
    hint: "启动 Millrace 时设置的 ADMIN_TOKEN 或 VIEWER_TOKEN。",
    submit: "登录",
    wrong: "令牌不正确。",
    slowed: "尝试次数过多，请在 {count} 秒后再试。",
  },
  en: {
    title: "Sign in",
    token: "Token",
    hint: "The ADMIN_TOKEN or VIEWER_TOKEN that Millrace was started with.",
    submit: "Sign in",
    wrong: "This token is not known.",
    slowed: {
      one: "Too many tries; try again in {count} second.",
      other: "Too many tries; try again in {count} seconds.",
    },
  },
});
