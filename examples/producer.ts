/** Sends the NDJSON on standard input to Millrace and prints the results. */
const server = Deno.env.get("MILLRACE_URL") ?? "http://localhost:8000";
const token = Deno.env.get("MILLRACE_TOKEN");
const articles = new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer());
const MAX_TRIES = 10;

for (let attempt = 1;; attempt++) {
  const response = await send().catch((error: unknown) => {
    if (attempt === MAX_TRIES) throw error;
    return null;
  });
  const busy = response === null || response.status === 429 || response.status === 503;
  if (!busy || attempt === MAX_TRIES) {
    if (response !== null) await response.body?.pipeTo(Deno.stdout.writable);
    Deno.exit(response?.ok ? 0 : 1);
  }
  await response?.body?.cancel();
  const seconds = Number(response?.headers.get("retry-after") ?? Math.min(2 ** attempt, 30));
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}

function send(): Promise<Response> {
  return fetch(new URL("/api/articles/import", server), {
    method: "POST",
    headers: {
      "content-type": "application/x-ndjson",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: articles,
  });
}
