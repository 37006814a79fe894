import type * as z from "zod/mini";
import { type ApiResult, readResponse } from "../requests/api.ts";
import { below } from "../shell/base_path.ts";

export interface UploadOptions<Data> {
  path: string;
  contentType: string;
  body: Blob;
  /** The schema of the response's `data`. */
  data: z.ZodMiniType<Data>;
  /** Called with the number of bytes sent. */
  onSent: (bytes: number) => void;
  /** Aborts the upload; the result is then `unreachable`. */
  signal: AbortSignal;
}

/** Sends a body of any size with progress events, which `fetch` lacks. */
export function upload<Data>(options: UploadOptions<Data>): Promise<ApiResult<Data>> {
  const { path, contentType, body, data, onSent, signal } = options;
  const { promise, resolve } = Promise.withResolvers<ApiResult<Data>>();
  const request = new XMLHttpRequest();
  const fail = () => resolve({ kind: "failed", failure: { kind: "unreachable" } });
  request.open("POST", below(path));
  request.setRequestHeader("content-type", contentType);
  request.upload.onprogress = ({ loaded }) => onSent(loaded);
  request.onload = () => resolve(readResponse(request.status, request.responseText, data));
  request.onerror = fail;
  request.onabort = fail;
  signal.addEventListener("abort", () => request.abort());
  request.send(body);
  return promise;
}
