/** Modules for the browser, by file name. */
export type Chunks = Map<string, Uint8Array<ArrayBuffer>>;
