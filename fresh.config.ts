import type { FreshConfig } from "fresh";

/** Fresh's configuration, given to the application. */
export const freshConfig: FreshConfig = {};
