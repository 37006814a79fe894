import { defineWords } from "./words.ts";

/** Why a request failed. */
export const failureWords = defineWords({
  zh: {
    reasonUnreachable: "服务器没有应答",
    reasonSignedOut: "登录已失效，请重新登录",
    reasonBrokerAway: "Redis 不可用",
    reasonDatabaseAway: "数据库不可用",
    partMissing: "这一页有一部分没能加载",
    reloadPage: "刷新页面",
  },
  en: {
    reasonUnreachable: "no answer from the server",
    reasonSignedOut: "signed out; sign in again",
    reasonBrokerAway: "Redis unavailable",
    reasonDatabaseAway: "database unavailable",
    partMissing: "A part of this page could not be loaded",
    reloadPage: "Reload the page",
  },
});
