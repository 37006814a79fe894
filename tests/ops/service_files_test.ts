import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Deployment } from "kubernetes-models/apps/v1";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service } from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

/** The maximum exposure score of `systemd-analyze security`; 0 is best and 10 is worst. */
const MOST_EXPOSED = 2;

const hasSystemd = await new Deno.Command("systemd-analyze", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

Deno.test({
  name: hasSystemd
    ? "systemd accepts the unit for every role, and rates it as well sandboxed"
    : "systemd accepts the unit (skipped: systemd-analyze is not installed)",
  ignore: !hasSystemd,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "millrace-units-" });
    try {
      const unit = (await read("ops/systemd/millrace@.service"))
        .replace("file:///opt/millrace/", "file:///");
      await Deno.writeTextFile(`${folder}/millrace@.service`, unit);
      for (const role of ["all", "web", "worker"]) {
        const { output } = await analyze([
          "verify",
          "--man=no",
          `${folder}/millrace@${role}.service`,
        ]);
        const own = output.split("\n").filter((line) => line.includes("millrace"));
        assert.deepEqual(own, []);
      }
      const { output } = await analyze([
        ...["security", "--offline=true", "--no-pager"],
        `${folder}/millrace@.service`,
      ]);
      const exposure = Number(/exposure level for .*: ([\d.]+)/.exec(output)?.[1]);
      assert.ok(exposure <= MOST_EXPOSED, output);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function analyze(args: string[]): Promise<{ output: string }> {
  const { stdout, stderr } = await new Deno.Command("systemd-analyze", { args }).output();
  return { output: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("") };
}

const service = z.object({
  image: z.string().optional(),
  build: z.string().optional(),
  secrets: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.unknown()).optional(),
  healthcheck: z.looseObject({}).optional(),
  deploy: z.object({ resources: z.object({ limits: z.looseObject({ memory: z.string() }) }) }),
});
const composeFile = z.object({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

Deno.test("compose.yaml limits each service, and defines every secret, volume and service it uses", async () => {
  const [document] = parseAllDocuments(await read("compose.yaml"), { merge: true });
  assert.ok(document !== undefined && !("empty" in document) && document.errors.length === 0);
  const { services, secrets, volumes } = composeFile.parse(document.toJS());
  for (const [name, each] of Object.entries(services)) {
    assert.ok(each.image !== undefined || each.build !== undefined, name);
    for (const secret of each.secrets ?? []) assert.ok(secret in secrets, `${name}: ${secret}`);
    for (const volume of each.volumes ?? []) assert.ok(volume.split(":")[0]! in volumes, volume);
    for (const other of Object.keys(each.depends_on ?? {})) {
      assert.ok(services[other]?.healthcheck !== undefined, `${name} waits for ${other}`);
    }
  }
});

const hasCompose = await new Deno.Command("docker-compose", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

Deno.test({
  name: hasCompose
    ? "docker-compose accepts compose.yaml with the secrets that its script creates"
    : "docker-compose accepts compose.yaml (skipped: docker-compose is not installed)",
  ignore: !hasCompose,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "millrace-compose-" });
    try {
      for (const name of ["compose.yaml", "Dockerfile"]) {
        await Deno.writeTextFile(`${folder}/${name}`, await read(name));
      }
      const script = fileURLToPath(new URL("ops/compose/make-secrets.sh", ROOT));
      await run("sh", [script], folder);
      const config = await run("docker-compose", ["config"], folder);
      for (const name of ["web", "worker", "postgres", "redis"]) {
        assert.match(config, new RegExp(`^  ${name}:$`, "m"));
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function run(command: string, args: string[], cwd: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const workload = z.object({
  selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
  template: z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()) }),
    spec: z.object({
      securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
      containers: z.array(
        z.object({
          name: z.string(),
          image: z.string(),
          resources: z.object({ limits: z.looseObject({ memory: z.string() }) }),
          securityContext: z.object({
            allowPrivilegeEscalation: z.literal(false),
            readOnlyRootFilesystem: z.literal(true),
            capabilities: z.object({ drop: z.tuple([z.literal("ALL")]) }),
          }),
          volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
          livenessProbe: z.looseObject({
            httpGet: z.object({ path: z.literal("/healthz"), port: z.string() }),
          })
            .optional(),
          readinessProbe: z.looseObject({
            httpGet: z.object({ path: z.literal("/healthz"), port: z.string() }),
          })
            .optional(),
        }).loose(),
      ),
      volumes: z.array(z.looseObject({ name: z.string() })),
    }).loose(),
  }),
}).loose();
const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.literal("millrace") }),
  spec: z.unknown().optional(),
});

const MODELS = { ConfigMap, Deployment, Ingress, PodDisruptionBudget, Service };

/** Throws if a manifest does not match the schema of its kind. */
function validate(document: unknown) {
  const { kind, ...rest } = manifest.parse(document);
  assert.ok(kind in MODELS, kind);
  // The types describe manifests that a program builds; the schema validates those in a file.
  const Model = MODELS[kind as keyof typeof MODELS] as new (data: object) => { validate(): void };
  new Model({ kind, ...rest }).validate();
}

Deno.test("every manifest matches the Kubernetes schemas, and a wrong type is rejected", async () => {
  const documents = parseAllDocuments(await read("ops/kubernetes/millrace.yaml"));
  assert.ok(Array.isArray(documents));
  const manifests = documents.map((document) => document.toJS());
  for (const each of manifests) validate(each);
  const deployment = manifests.find(({ kind }) => kind === "Deployment");
  assert.throws(() => validate({ ...deployment, spec: { ...deployment.spec, replicas: "two" } }));
});

Deno.test("the Kubernetes manifests are sandboxed, and their references resolve", async () => {
  const documents = parseAllDocuments(await read("ops/kubernetes/millrace.yaml"));
  assert.ok(Array.isArray(documents));
  const manifests = documents.map((document) => {
    assert.deepEqual(document.errors, []);
    return manifest.parse(document.toJS());
  });
  const workloads = manifests.filter(({ kind }) => kind === "Deployment")
    .map(({ spec }) => workload.parse(spec));
  assert.equal(workloads.length, 2);
  for (const { selector, template: { metadata, spec } } of workloads) {
    assert.deepEqual(selector.matchLabels, metadata.labels);
    const volumes = new Set(spec.volumes.map(({ name }) => name));
    for (const { volumeMounts } of spec.containers) {
      for (const { name } of volumeMounts) assert.ok(volumes.has(name), name);
    }
  }
  const services = manifests.filter(({ kind }) => kind === "Service");
  const selector = z.object({ selector: z.record(z.string(), z.string()) });
  for (const { spec } of services) {
    const wanted = JSON.stringify(selector.parse(spec).selector);
    const labels = workloads.map(({ template }) => JSON.stringify(template.metadata.labels));
    assert.ok(labels.includes(wanted), wanted);
  }
});
