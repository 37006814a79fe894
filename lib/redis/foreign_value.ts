import { luaConstants } from "./redis_script.ts";
import setForeignAside from "./foreign_value.lua" with { type: "text" };

/** How long another program's value is kept under its new name, in days. */
export const FOREIGN_KEPT_DAYS = 7;

/** The Lua function `rename_foreign`. */
export const RENAME_FOREIGN = luaConstants({ FOREIGN_KEPT_S: FOREIGN_KEPT_DAYS * 86_400 }) +
  setForeignAside;
