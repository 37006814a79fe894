/** What a generated `_fresh/server.js` needs; applications import nothing from here. */
export { mount } from "./server/mount.ts";
