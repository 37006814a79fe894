import { refused } from "./answer.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = typeof METHODS[number];

/**
 * Handlers for the methods that a route does not have: 405, with those that it has. Spread before the
 * route's own: `{ ...only("GET"), GET() {…} }`.
 */
export function only(...allowed: Method[]): Partial<Record<Method, () => Response>> {
  const named = allowed.includes("GET") ? [...allowed, "HEAD" as const] : allowed;
  const allow = named.join(", ");
  const answer = () => refused(405, `This address answers ${allow} only`, { headers: { allow } });
  return Object.fromEntries(
    METHODS.filter((method) => !named.includes(method)).map((method) => [method, answer]),
  );
}
