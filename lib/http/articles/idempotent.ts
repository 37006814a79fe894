import { hash } from "node:crypto";
import { HttpError } from "fresh";
import type { Sql } from "../../database/postgres_client.ts";
import { keepResponse, releaseKey, takeKey } from "../../database/idempotency.ts";

const LONGEST_KEY = 255;

/**
 * Runs a request at most once per `Idempotency-Key`: a retry within a day gets the stored response of one that
 * succeeded, with `Idempotency-Replayed: true`. Throws an `HttpError`: 422 if the key was used with another request, 409 while
 * the first request is in progress, 400 for an invalid key.
 */
export async function idempotent(
  sql: Sql,
  { request, body }: { request: Request; body: unknown },
  handle: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return await handle();
  if (key.trim() === "" || key.length > LONGEST_KEY) {
    throw new HttpError(400, `Idempotency-Key must have 1 to ${LONGEST_KEY} characters`);
  }
  const { pathname, search } = new URL(request.url);
  const digest = hash("sha256", `${pathname}${search}\n${JSON.stringify(body)}`, "hex");
  const kept = await takeKey(sql, key, digest);
  if (kept !== null) {
    if (kept.request !== digest) {
      throw new HttpError(422, "The Idempotency-Key came with another request before");
    }
    if (kept.status === null) {
      throw new HttpError(409, "The request with this Idempotency-Key is under way");
    }
    const response = kept.body === null
      ? Response.json(kept.response, { status: kept.status })
      : new Response(kept.body, { status: kept.status, headers: kept.headers ?? {} });
    response.headers.set("idempotency-replayed", "true");
    return response;
  }
  try {
    const response = await handle();
    if (!response.ok) {
      await releaseKey(sql, key);
      return response;
    }
    await keepResponse(sql, key, {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.clone().text(),
    });
    return response;
  } catch (error) {
    await releaseKey(sql, key);
    throw error;
  }
}
