import type { AnyComponent } from "preact";

/** An island: a component that is rendered on the server and hydrated in the browser. */
export interface Island {
  /** Its name on the page, unique in a build. */
  name: string;
  /** The name of its export. */
  exportName: string;
  /** The URL path of its module in the browser. */
  chunk: string;
}

/** A static file. */
export interface StaticFile {
  contentType: string;
  /** A hash of the content, or null if it is unknown. */
  hash: string | null;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file below the routes folder. */
export interface RouteFile {
  /** Its path below the routes folder without extension, such as `articles/[id]`. */
  path: string;
  /** Its exports. */
  module: Readonly<Record<string, unknown>>;
}

/** A build: what an application needs besides its own code. */
export interface Snapshot {
  buildId: string;
  /** The project's folder. */
  root: string;
  /** The URL path of the module that hydrates islands. */
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
