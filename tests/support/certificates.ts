/** Files of a certificate authority, and of a server and a client certificate that it signed. */
export interface Certificates extends AsyncDisposable {
  readonly ca: string;
  readonly serverCert: string;
  readonly serverKey: string;
  readonly clientCert: string;
  readonly clientKey: string;
}

/** Creates certificates for 127.0.0.1 and localhost in a world-readable temporary folder. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-certificates-" });
  await Deno.chmod(folder, 0o755);
  const file = (name: string) => `${folder}/${name}`;
  const key = (name: string) => ["-newkey", "rsa:2048", "-nodes", "-keyout", file(`${name}.key`)];
  await openssl("req", "-x509", ...key("ca"), "-out", file("ca.crt"), "-subj", "/CN=test CA");
  await Deno.writeTextFile(file("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  for (const name of ["server", "client"]) {
    const request = file(`${name}.csr`);
    await openssl("req", ...key(name), "-out", request, "-subj", `/CN=${name}`);
    await openssl(
      ...["x509", "-req", "-in", request, "-out", file(`${name}.crt`), "-extfile", file("names")],
      ...["-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2"],
    );
  }
  return {
    ca: file("ca.crt"),
    serverCert: file("server.crt"),
    serverKey: file("server.key"),
    clientCert: file("client.crt"),
    clientKey: file("client.key"),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function openssl(...args: string[]) {
  const { success, stderr } = await new Deno.Command("openssl", { args }).output();
  if (!success) throw new Error(`Cannot run openssl: ${new TextDecoder().decode(stderr)}`);
}
