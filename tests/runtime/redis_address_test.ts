import assert from "node:assert/strict";
import { parseRedisAddress } from "../../lib/runtime/redis_address.ts";

const NOTHING = {
  path: null,
  service: null,
  username: null,
  password: null,
  database: 0,
  tls: false,
};

Deno.test("parseRedisAddress() parses servers, sockets and sentinels", () => {
  const host = "10.0.0.1";
  assert.deepEqual(parseRedisAddress("redis://10.0.0.1"), {
    ...NOTHING,
    hosts: [{ host, port: 6379 }],
  });
  assert.deepEqual(parseRedisAddress("rediss://anna:pw@10.0.0.1:7000/3"), {
    ...NOTHING,
    hosts: [{ host, port: 7000 }],
    username: "anna",
    password: "pw",
    database: 3,
    tls: true,
  });
  assert.deepEqual(parseRedisAddress("redis://[::1]:7000").hosts, [{ host: "::1", port: 7000 }]);
  assert.deepEqual(parseRedisAddress("unix://:pw@/run/redis/redis.sock?db=2"), {
    ...NOTHING,
    hosts: [],
    path: "/run/redis/redis.sock",
    password: "pw",
    database: 2,
  });
  assert.deepEqual(parseRedisAddress("redis+sentinel://a:1,b,c:3/main/4"), {
    ...NOTHING,
    hosts: [{ host: "a", port: 1 }, { host: "b", port: 26379 }, { host: "c", port: 3 }],
    service: "main",
    database: 4,
  });
});

Deno.test("parseRedisAddress() accepts a password with any character, encoded or not", () => {
  for (const password of ["p@ss:w/o?r#d", "100%", "%zz", "汉 字", "a@b@c"]) {
    for (const written of [password, encodeURIComponent(password)]) {
      assert.equal(parseRedisAddress(`redis://u:${written}@host/1`).password, password);
    }
  }
});

Deno.test("parseRedisAddress() rejects invalid URLs without repeating them", () => {
  for (
    const text of [
      "redis://",
      "http://host",
      "redis://h:secret:x",
      "redis://host/main",
      "unix://",
      "redis+sentinel://secret",
    ]
  ) {
    assert.throws(
      () => parseRedisAddress(text),
      (error: Error) =>
        error instanceof RangeError && error.message.startsWith("must ") &&
        !error.message.includes("secret"),
    );
  }
});
