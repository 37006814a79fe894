import { defineWords } from "./words.ts";

/** Why something was not done, for parts of the page that ask the server for things. */
export const failureWords = defineWords({
  zh: {
    reasonUnreachable: "服务器没有应答。",
    reasonSignedOut: "登录已失效，请重新登录。",
    reasonBrokerAway: "Redis 未连接。",
    reasonDatabaseAway: "数据库未连接。",
    reasonUnsupported: "这里读不了这种文件。",
  },
  en: {
    reasonUnreachable: "the server does not answer.",
    reasonSignedOut: "the session has ended; sign in again.",
    reasonBrokerAway: "Redis is unreachable.",
    reasonDatabaseAway: "the database is unreachable.",
    reasonUnsupported: "nothing here reads files of this kind.",
  },
});
