import manifest from "../../deno.json" with { type: "json" };

/** This version of Millrace. */
export const VERSION: string = manifest.version;
