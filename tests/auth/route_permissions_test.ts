import assert from "node:assert/strict";
import { mayAs, permissionFor } from "../../lib/auth/route_permissions.ts";
import { ROLES } from "../../lib/wire/role.ts";

Deno.test("each role includes the roles below it, except for posting articles", () => {
  const may = (permission: Parameters<typeof mayAs>[1]) =>
    ROLES.filter((role) => mayAs(role, permission));
  assert.deepEqual(may("anyone"), ["ingest", "viewer", "operator", "admin"]);
  assert.deepEqual(may("known"), ["ingest", "viewer", "operator", "admin"]);
  assert.deepEqual(may("intake"), ["ingest", "operator", "admin"]);
  assert.deepEqual(may("viewer"), ["viewer", "operator", "admin"]);
  assert.deepEqual(may("operator"), ["operator", "admin"]);
  assert.deepEqual(may("admin"), ["admin"]);
});

Deno.test("an unlisted route requires admin, and an unknown path requires any role", () => {
  assert.equal(permissionFor("/new/route", "GET"), "admin");
  assert.equal(permissionFor("/logs", "POST"), "admin");
  assert.equal(permissionFor(null, "GET"), "known");
  assert.equal(permissionFor("/logs", "HEAD"), "viewer");
  assert.equal(permissionFor("/healthz", "POST"), "anyone");
});
