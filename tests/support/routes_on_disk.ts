import { filesBelow } from "./files_below.ts";

const ROOT = new URL("../../", import.meta.url);

/** A route of the application, as its file defines it. */
export interface RouteOnDisk {
  /** The framework's URL pattern, such as `/api/articles/:id`. */
  pattern: string;
  /** The methods of the route, sorted. */
  methods: string[];
}

/** Returns every route below `routes/`, with the methods that its handlers or its page support. */
export async function routesOnDisk(): Promise<RouteOnDisk[]> {
  const found: RouteOnDisk[] = [];
  for (const path of await filesBelow(["routes"], /^[^_]/)) {
    const module: { handler?: unknown; default?: unknown } = await import(
      new URL(path, ROOT).href
    );
    found.push({
      pattern: patternOf(path.slice("routes/".length)),
      methods: methodsOf(module.handler),
    });
  }
  return found;
}

function patternOf(path: string): string {
  const parts = path.replace(/\.tsx?$/, "").split("/").filter((part) => part !== "index");
  return "/" +
    parts.map((part) => part.replace(/^\[\.\.\.(\w+)\]$/, ":$1*").replace(/^\[(\w+)\]$/, ":$1"))
      .join("/");
}

const METHODS = ["DELETE", "GET", "PATCH", "POST", "PUT"];

/** A single handler function, or a page without handlers, supports the methods of its page or handler. */
function methodsOf(handler: unknown): string[] {
  if (typeof handler === "function") return METHODS;
  if (handler === null || typeof handler !== "object") return ["GET"];
  const has = (method: string) => {
    const own: unknown = Reflect.get(handler, method);
    return typeof own === "function" && !isRefusal(own);
  };
  return METHODS.filter(has);
}

/** Whether a handler is one that rejects unsupported methods. */
function isRefusal(handler: { name: string }): boolean {
  return handler.name === "refuse";
}
