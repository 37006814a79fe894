import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { freePort } from "../support/millrace.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The user that runs the copy; it owns only the data folder. */
const NOBODY = "65534";
const SOURCES = [
  ...["components", "data/sample.jsonl", "define.ts", "deno.json", "deno.lock", "dev.ts"],
  ...["fresh.config.ts", "islands", "lib", "main.ts", "migrations", "ops", "packages", "routes"],
  ...["static", "tasks", "workers"],
];

/** Switching the user and isolating the network require root. */
const isAble = Deno.uid() === 0 &&
  await new Deno.Command("unshare", { args: ["--net", "true"] }).output()
    .then(({ success }) => success, () => false);

Deno.test({
  name: isAble
    ? "the image's recipe builds a node that runs offline, unprivileged, on read-only code"
    : "the image's recipe (skipped: only root can change the user and the network)",
  ignore: !isAble,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "millrace-image-" });
    try {
      await Deno.chmod(folder, 0o755);
      const { build, command } = await recipe();
      await bash(
        `mkdir app data && chown ${NOBODY} data
        cache="$(deno info --json | sed -n 's/.*"denoDir": "\\(.*\\)".*/\\1/p')"
        # Links need the same file system; without it, only folders are made.
        cp -al "$cache" deno-dir 2>/dev/null || { rm -rf deno-dir; cp -a "$cache" deno-dir; }
        # Databases must not be shared by links.
        find deno-dir -maxdepth 1 -type f -delete
        mkdir bin && cp "$(command -v deno)" bin/deno
        cd ${ROOT} && cp -a --parents ${SOURCES.join(" ")} ${folder}/app`,
        folder,
      );
      await bash(`export DENO_DIR=${folder}/deno-dir; ${build}`, `${folder}/app`);
      const output = await bash(
        `ip link set lo up
        setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --no-new-privs env -i \\
          PATH=${folder}/bin:/usr/bin:/bin HOME=/nonexistent DENO_DIR=${folder}/deno-dir DATA_DIR=${folder}/data \\
          PORT=$PORT NO_COLOR=1 ${command} 2>${folder}/log &
        for i in $(seq 120); do curl -sf localhost:$PORT/readyz >/dev/null && break; sleep 0.5; done
        curl -sf localhost:$PORT/ -o /dev/null -w '%{http_code} '
        kill -TERM $! && wait $! && echo stopped || cat ${folder}/log`,
        `${folder}/app`,
        ["unshare", "--net"],
      );
      assert.equal(output.trim(), "200 stopped");
      assert.equal((await bash(`find . -user ${NOBODY}`, `${folder}/app`)).trim(), "");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** The build commands and the CMD of the Dockerfile. */
async function recipe(): Promise<{ build: string; command: string }> {
  const text = await Deno.readTextFile(`${ROOT}Dockerfile`);
  const build = /^RUN (deno [^]*?[^\\])\n/m.exec(text)?.[1];
  const command = /^CMD (\[.*\])$/m.exec(text)?.[1];
  assert.ok(build !== undefined && command !== undefined);
  return { build, command: z.array(z.string()).parse(JSON.parse(command)).join(" ") };
}

async function bash(script: string, cwd: string, prefix: string[] = []): Promise<string> {
  const path = `${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}`;
  const [program = "", ...args] = [...prefix, "bash", "-ec", script];
  const env = { PATH: path, PORT: String(freePort()), NO_COLOR: "1" };
  const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd, env }).output();
  const [output = "", errors = ""] = [stdout, stderr].map((each) => new TextDecoder().decode(each));
  assert.ok(success, output + errors);
  return output;
}
