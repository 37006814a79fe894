import { refused } from "./json_response.ts";

/** Every method that some route handles. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = typeof METHODS[number];

/**
 * Returns handlers for the methods that a route lacks: 405 with an `Allow` header. Spread before the route's
 * own: `{ ...only("GET"), GET() {…} }`.
 */
export function only(
  ...allowed: Method[]
): Partial<Record<Method, (ctx: { req: Request }) => Response>> {
  const named = allowed.includes("GET") ? [...allowed, "HEAD" as const] : allowed;
  const allow = named.join(", ");
  const refuse = ({ req }: { req: Request }) =>
    refused(req, 405, `This address supports only ${allow}`, { headers: { allow } });
  return Object.fromEntries(
    METHODS.filter((method) => !named.includes(method)).map((method) => [method, refuse]),
  );
}
