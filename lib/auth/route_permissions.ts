import type { Role } from "../wire/role.ts";

/**
 * The permission of a route: `anyone`, including anonymous clients; `known`, any role; `intake`, roles that
 * submit articles; otherwise the named role and stronger ones.
 */
export type Permission = "anyone" | "known" | "viewer" | "intake" | "operator" | "admin";

const HOLDERS: Record<Exclude<Permission, "anyone">, readonly Role[]> = {
  known: ["ingest", "viewer", "operator", "admin"],
  viewer: ["viewer", "operator", "admin"],
  intake: ["ingest", "operator", "admin"],
  operator: ["operator", "admin"],
  admin: ["admin"],
};

/** Whether a role has a permission. */
export function mayAs(role: Role, permission: Permission): boolean {
  return permission === "anyone" || HOLDERS[permission].includes(role);
}

type Methods = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Permission>>;

/** The message of a refusal for lack of a permission. */
export function lackOf(permission: Permission, role: Role): string {
  return `This needs the permission ${permission}; the role ${role} does not have it`;
}

/** The permission that each route and method requires, by the route's pattern; sockets are `GET`. */
export const PERMISSIONS: Readonly<Record<string, Methods>> = {
  "/": { GET: "viewer" },
  "/actions/:action": { POST: "operator" },
  "/actions/articles/process": { POST: "operator" },
  "/actions/failures/start": { POST: "operator" },
  "/actions/failures/undo": { POST: "operator" },
  "/actions/workers": { POST: "operator" },
  "/alerts": { GET: "viewer", POST: "operator" },
  "/api/:path*": { GET: "known", POST: "known", PUT: "known", PATCH: "known", DELETE: "known" },
  "/api/alerts": { GET: "viewer" },
  "/api/alerts/firings/:id/acknowledge": { POST: "operator" },
  "/api/alerts/mute": { POST: "operator" },
  "/api/alerts/preview": { POST: "admin" },
  "/api/alerts/rules": { POST: "admin" },
  "/api/alerts/rules/:id": { PUT: "admin", DELETE: "admin" },
  "/api/alerts/targets": { POST: "admin" },
  "/api/alerts/targets/:id": { DELETE: "admin" },
  "/api/alerts/targets/:id/test": { POST: "admin" },
  "/api/articles": { GET: "known", POST: "intake", PUT: "intake", DELETE: "operator" },
  "/api/articles/:id": { GET: "known", DELETE: "operator" },
  "/api/articles/:id/process": { POST: "operator" },
  "/api/articles/import": { POST: "intake" },
  "/api/articles/sample": { POST: "operator" },
  "/api/backup": { GET: "admin" },
  "/api/events": { GET: "viewer" },
  "/api/events/export": { GET: "viewer" },
  "/api/failures": { GET: "viewer" },
  "/api/failures/causes": { GET: "viewer" },
  "/api/failures/clear": { POST: "operator" },
  "/api/failures/count": { GET: "viewer" },
  "/api/failures/facets": { GET: "viewer" },
  "/api/failures/retry": { POST: "operator" },
  "/api/openapi.json": { GET: "known" },
  "/api/groups": { GET: "known" },
  "/api/imports": { GET: "known" },
  "/api/imports/:id": { GET: "known" },
  "/api/operations": { GET: "viewer" },
  "/api/operations/:id": { GET: "viewer" },
  "/api/operations/:id/undo": { POST: "operator" },
  "/api/processor/breakdown": { GET: "viewer" },
  "/api/processor/changes": { GET: "viewer" },
  "/api/processor/config": { GET: "viewer", PUT: "admin" },
  "/api/processor/dead-queue": { DELETE: "operator" },
  "/api/processor/history": { GET: "viewer" },
  "/api/processor/timings": { GET: "viewer" },
  "/api/processor/logs": { GET: "viewer" },
  "/api/processor/nodes": { GET: "viewer" },
  "/api/processor/nodes/:node/:action": { POST: "operator" },
  "/api/processor/preview": { POST: "admin" },
  "/api/processor/retry-all": { POST: "operator" },
  "/api/processor/start": { POST: "operator" },
  "/api/processor/stats": { GET: "viewer" },
  "/api/processor/status": { GET: "viewer" },
  "/api/processor/stop": { POST: "operator" },
  "/api/search": { GET: "viewer" },
  "/articles": { GET: "viewer" },
  "/articles/:id": { GET: "viewer" },
  "/events": { GET: "viewer" },
  "/failures": { GET: "viewer" },
  "/failures/export": { GET: "viewer" },
  "/healthz": { GET: "anyone" },
  "/import": { GET: "operator", POST: "operator" },
  "/logs": { GET: "viewer" },
  "/metrics": { GET: "viewer" },
  "/preferences": { POST: "anyone" },
  "/readyz": { GET: "anyone" },
  "/reference": { GET: "known" },
  "/sessions": { GET: "admin", POST: "admin" },
  "/settings": { GET: "viewer", POST: "admin" },
  "/sign-in": { GET: "anyone", POST: "anyone" },
  "/sign-out": { POST: "anyone" },
  "/workers": { GET: "viewer" },
  "/ws/operations": { GET: "viewer" },
  "/ws/processor-logs": { GET: "viewer" },
  "/ws/processor-status": { GET: "viewer" },
};

/**
 * Returns the permission that a request requires. An unknown path requires any role, so that anonymous clients
 * cannot probe for routes; a route or method without a row in the table requires admin.
 */
export function permissionFor(route: string | null, method: string): Permission {
  if (route === null) return "known";
  const methods = PERMISSIONS[route] ?? {};
  const requested = method === "HEAD" || method === "OPTIONS" ? "GET" : method;
  const found = Object.entries(methods).find(([each]) => each === requested)?.[1];
  if (found !== undefined) return found;
  // The route itself rejects methods that it does not implement.
  const isOpen = Object.values(methods).includes("anyone");
  return isOpen ? "anyone" : "admin";
}
