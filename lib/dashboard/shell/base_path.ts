import { options } from "preact";

/**
 * The base path: empty, or such as `/millrace`. The server sets it at startup; a page reads it from its
 * document.
 */
let base = typeof document === "undefined" ? "" : document.documentElement.dataset.base ?? "";

export function basePath(): string {
  return base;
}

/** Sets the base path and has it added to links and forms; called once all modules are loaded. */
export function setBasePath(path: string): void {
  base = path;
  leadAddresses();
}

/**
 * Adds the base path to a path of the application: `/logs` becomes `/millrace/logs`. Idempotent, since no base
 * path starts like a path of the application; other URLs are unchanged.
 */
export function below(address: string): string {
  if (base === "" || !/^\/(?!\/)/.test(address) || isBelow(address)) return address;
  return base + address;
}

/** Removes the base path from a request's or a route's path; other paths are unchanged. */
export function withoutBase(path: string): string {
  return base !== "" && isBelow(path) ? path.slice(base.length) || "/" : path;
}

function isBelow(path: string): boolean {
  return path.startsWith(base) && /^(?:[/?#]|$)/.test(path.slice(base.length));
}

/** The attributes with URLs. */
const LEADING = ["href", "action", "src"];

let leading = false;

/**
 * Adds the base path to links and forms, which are written relative to the root, on the server and in islands. The
 * framework's hook, which marks the links to the page, has to be set before: it then sees the whole address.
 */
function leadAddresses(): void {
  if (leading || base === "") return;
  leading = true;
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (base !== "" && typeof vnode.type === "string") {
      const props: Record<string, unknown> = vnode.props;
      for (const name of LEADING) {
        const value = props[name];
        if (typeof value === "string") props[name] = below(value);
      }
    }
    before?.(vnode);
  };
}

if (typeof document !== "undefined") leadAddresses();
