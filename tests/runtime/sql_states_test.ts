import assert from "node:assert/strict";
import { sqlVerdict } from "../../lib/runtime/sql_states.ts";

Deno.test("only errors of data count against an article", () => {
  for (const code of ["22021", "22P05", "23505", "23514", "54000"]) {
    assert.equal(sqlVerdict(code), "data", code);
  }
});

Deno.test("server errors are outages", () => {
  const codes = [
    ...["08006", "25006", "28P01", "28000", "53100", "53200", "53300", "55P03", "55006"],
    ...["57014", "57P01", "57P03", "58030", "58P01"],
  ];
  for (const code of codes) assert.equal(sqlVerdict(code), "outage", code);
});

Deno.test("driver and network errors are outages", () => {
  const codes = [
    ...["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "CONNECT_TIMEOUT"],
    ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT"],
    ...["EHOSTUNREACH", "EMFILE", "CERT_HAS_EXPIRED", "SASL_SIGNATURE_MISMATCH"],
  ];
  for (const code of codes) assert.equal(sqlVerdict(code), "outage", code);
});

Deno.test("a serialization conflict is retried immediately", () => {
  for (const code of ["40001", "40P01", "40003"]) assert.equal(sqlVerdict(code), "again", code);
});

Deno.test("an ambiguous error is unexplained", () => {
  for (const code of ["XX000", "XX001", "XX002", "42501", "42P01", "P0001", "0A000", "21000"]) {
    assert.equal(sqlVerdict(code), "unexplained", code);
  }
});

Deno.test("an application error is not a server error", () => {
  for (const code of ["", "ERR_INVALID_ARG_TYPE", "UNDEFINED_VALUE"]) {
    assert.equal(sqlVerdict(code), null, code);
  }
});
