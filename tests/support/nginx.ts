const BINARY = "nginx";
const START_MS = 30_000;

async function runs(command: string, argument: string): Promise<boolean> {
  return await new Deno.Command(command, { args: [argument], stdout: "null", stderr: "null" })
    .output().then(({ success }) => success, () => false);
}

/** Whether this machine can run nginx and create certificates for it. */
export const hasNginx = await runs(BINARY, "-v") && await runs("openssl", "version");

/** For `Deno.test({ ...withNginx(name), fn })`: skips the test without nginx, with the reason in its name. */
export function withNginx(name: string): { name: string; ignore: boolean } {
  return { name: hasNginx ? name : `${name} (skipped: nginx is not installed)`, ignore: !hasNginx };
}

/** An nginx process on free ports, with its files in a temporary folder. */
export interface Nginx extends AsyncDisposable {
  /** The port of the last `server` block in its configuration. */
  readonly port: number;
  /** The certificate that it presents for `localhost`. */
  readonly certificate: string;
}

/**
 * Starts nginx with the contents of an `http { … }` block from the documents. Replaces its ports with free
 * ones, the node's address with the given port, and the certificate with one for this machine.
 */
export async function startNginx(text: string, nodePort: number): Promise<Nginx> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-nginx-" });
  await makeCertificate(folder);
  let port = 0;
  const adapted = text
    .replace(/listen \d+/g, () => `listen 127.0.0.1:${port = freePort()}`)
    .replaceAll("127.0.0.1:8000", `127.0.0.1:${nodePort}`)
    .replaceAll("/etc/ssl/", `${folder}/`)
    .replace(/server_name [^;]+;/g, "server_name _;");
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`).join("\n");
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    `user root;
    daemon off;
    pid ${folder}/pid;
    error_log ${folder}/error.log;
    events {}
    http { access_log off; ${paths} ${adapted} }`,
  );
  const child = new Deno.Command(BINARY, {
    args: ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await listening(child, port, folder);
  return {
    port,
    certificate: await Deno.readTextFile(`${folder}/millrace.pem`),
    async [Symbol.asyncDispose]() {
      child.kill("SIGQUIT");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await child.status;
      clearTimeout(late);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function makeCertificate(folder: string) {
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", `${folder}/millrace.key`, "-out", `${folder}/millrace.pem`];
  const { success, stderr } = await new Deno.Command("openssl", {
    args: [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "2", "-addext", "basicConstraints=CA:FALSE", ...subject, ...files],
    ],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`No certificate: ${new TextDecoder().decode(stderr)}`);
}

/** Waits until nginx listens on the port. */
async function listening(child: Deno.ChildProcess, port: number, folder: string) {
  let ended = false;
  child.status.then(() => ended = true);
  for (const began = Date.now();;) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (error) {
      if (ended || Date.now() - began > START_MS) {
        const log = await Deno.readTextFile(`${folder}/error.log`).catch(() => "");
        throw new Error(`nginx does not listen: ${log}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

const DOCUMENT = new URL("../../docs/deployment.md", import.meta.url);

/** The nginx configurations in docs/deployment.md: at the root, under a path, and in front of two nodes. */
export async function documentedNginx(): Promise<
  { atRoot: string; underPath: string; twoNodes: string }
> {
  const page = await Deno.readTextFile(DOCUMENT);
  const [atRoot, underPath, twoNodes] = [...page.matchAll(/```nginx\n([^]*?)```/g)].map((
    [, text],
  ) => text);
  if (atRoot === undefined || underPath === undefined || twoNodes === undefined) {
    throw new Error("docs/deployment.md lacks the nginx configurations");
  }
  return { atRoot, underPath, twoNodes };
}
