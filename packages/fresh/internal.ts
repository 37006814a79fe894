/** The exports for a generated `_fresh/server.js`; applications do not import this module. */
export { mount } from "./server/mount.ts";
