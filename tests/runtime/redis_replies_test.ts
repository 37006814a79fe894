import assert from "node:assert/strict";
import { codeOfReply, redisVerdict } from "../../lib/runtime/redis_replies.ts";

Deno.test("an error reply is an outage, whatever its text", () => {
  const messages = [
    "NOREPLICAS Not enough good replicas to write.",
    "MISCONF Redis is configured to save RDB snapshots, but it is unable to persist to disk.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "READONLY You can't write against a read only replica. script: f00, on @user_script:12.",
    "ERR Error running script (call to f_0): @user_script:5: -READONLY You can't write against a read only replica.",
    "LOADING Redis is loading the dataset in memory",
    "BUSY Redis is busy running a script.",
    "NOPERM this user has no permissions to run the 'ltrim' command",
    "ERR The user executing the script can't run this command or subcommand",
    "NOAUTH Authentication required.",
    "CLUSTERDOWN Hash slot not served",
    "ERR max number of clients reached",
    "ERR unknown command 'EVALSHA'",
    "NEWCODE an unknown error",
    "",
  ];
  for (const message of messages) assert.equal(redisVerdict(message), "outage", message);
});

Deno.test("a key of another type is distinguished from an outage, also inside scripts", () => {
  const messages = [
    "WRONGTYPE Operation against a key holding the wrong kind of value",
    "ERR Error running script (call to f_0): @user_script:40: WRONGTYPE Operation against a key",
  ];
  for (const message of messages) assert.equal(redisVerdict(message), "foreign key", message);
});

Deno.test("an uncached script is detected", () => {
  assert.equal(redisVerdict("NOSCRIPT No matching script."), "unknown script");
});

Deno.test("codeOfReply() returns the code, wrapped or not", () => {
  assert.equal(codeOfReply("OOM command not allowed"), "OOM");
  assert.equal(codeOfReply("ERR max number of clients reached"), "ERR");
  assert.equal(codeOfReply("ERR Error running script: @user_script: 3: -READONLY You"), "READONLY");
});
