import { defineWords } from "./words.ts";

/** The roles of people and tokens. */
export const roleWords = defineWords({
  zh: { roleAdmin: "管理员", roleOperator: "操作员", roleViewer: "只读", roleIngest: "投稿" },
  en: {
    roleAdmin: "Administrator",
    roleOperator: "Operator",
    roleViewer: "Viewer",
    roleIngest: "Ingest",
  },
});
