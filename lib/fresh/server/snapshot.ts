import type { AnyComponent } from "preact";

/** An island: a component that is rendered on the server and lives on in the browser. */
export interface Island {
  /** Its name on the page, unique in a build. */
  name: string;
  /** The name that its module exports it by. */
  exportName: string;
  /** The URL path of its module in the browser. */
  chunk: string;
}

/** A file that is served as it is. */
export interface StaticFile {
  contentType: string;
  /** Changes with the content, or null where that is not known beforehand. */
  hash: string | null;
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** The same, compressed by Brotli, where a build has done that. */
  readBrotli?(): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file below the routes folder. */
export interface RouteFile {
  /** Its path there without its extension, such as `articles/[id]`. */
  path: string;
  /** What it exports. */
  module: Readonly<Record<string, unknown>>;
}

/** A build: what an application needs beside its own code. */
export interface Snapshot {
  buildId: string;
  /** The project's folder. */
  root: string;
  /** The URL path of the module that brings islands to life. */
  client: { chunk: string };
  islands: ReadonlyMap<AnyComponent, Island>;
  routes: readonly RouteFile[];
  /** The static file at a decoded URL path. */
  findFile(pathname: string): Promise<StaticFile | undefined>;
}

/** The snapshot of an application that was not built: no file routes, islands or static files. */
export const EMPTY_SNAPSHOT: Snapshot = {
  buildId: "",
  root: ".",
  client: { chunk: "" },
  islands: new Map(),
  routes: [],
  findFile: () => Promise.resolve(undefined),
};
