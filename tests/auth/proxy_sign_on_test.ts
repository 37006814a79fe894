import assert from "node:assert/strict";
import { readSignedOn } from "../../lib/auth/proxy_sign_on.ts";
import { parseProxyRoles } from "../../lib/runtime/proxy_roles.ts";

function signedOn(
  headers: Record<string, string>,
  [userHeader, groupsHeader]: [string, string | null],
  roles: string[],
) {
  const request = new Request("http://localhost/", { headers });
  return readSignedOn(request, { userHeader, groupsHeader, roles: parseProxyRoles(roles) });
}

Deno.test("Authelia's headers contain the user and the groups", () => {
  const headers = { "remote-user": "anna", "remote-groups": "staff,ops" };
  const names: [string, string] = ["remote-user", "remote-groups"];
  assert.deepEqual(signedOn(headers, names, ["group:ops=operator", "*=viewer"]), {
    name: "anna",
    role: "operator",
  });
  assert.deepEqual(signedOn(headers, names, ["group:admins=admin"]), { name: "anna", role: null });
});

Deno.test("oauth2-proxy's headers contain the user and the groups", () => {
  const headers = { "x-forwarded-user": "42", "x-forwarded-groups": "ops, role:admins" };
  assert.equal(
    signedOn(headers, ["x-forwarded-user", "x-forwarded-groups"], [
      "group:role:admins=admin",
      "group:ops=operator",
    ])?.role,
    "admin",
  );
});

Deno.test("Cloudflare Access sends an email address, without groups", () => {
  const headers = { "cf-access-authenticated-user-email": "anna@a.example" };
  const roles = ["user:anna@a.example=admin", "*=viewer"];
  assert.deepEqual(signedOn(headers, ["cf-access-authenticated-user-email", null], roles), {
    name: "anna@a.example",
    role: "admin",
  });
});

Deno.test("a user named like a group does not get its role", () => {
  const headers = { "remote-user": "admins", "remote-groups": "user:root" };
  const roles = ["group:admins=admin", "user:root=admin", "*=viewer"];
  assert.equal(signedOn(headers, ["remote-user", "remote-groups"], roles)?.role, "viewer");
});

Deno.test("headers without a user name are ignored, even with groups", () => {
  const headers = { "remote-user": " ", "remote-groups": "admins" };
  assert.equal(signedOn(headers, ["remote-user", "remote-groups"], ["*=admin"]), null);
});
