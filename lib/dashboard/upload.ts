import type * as v from "valibot";
import { type Answer, readAnswer } from "./api.ts";

export interface UploadOptions<Data> {
  path: string;
  contentType: string;
  body: Blob;
  /** The schema of what the answer holds. */
  data: v.GenericSchema<unknown, Data>;
  /** Told how many bytes the server has taken. */
  onSent: (bytes: number) => void;
  /** Ends it: the answer is then that nobody answered. */
  signal: AbortSignal;
}

/** Sends a body of any size, and tells how far it is: `fetch` cannot. */
export function upload<Data>(options: UploadOptions<Data>): Promise<Answer<Data>> {
  const { path, contentType, body, data, onSent, signal } = options;
  const { promise, resolve } = Promise.withResolvers<Answer<Data>>();
  const request = new XMLHttpRequest();
  const fail = () => resolve({ kind: "failed", failure: { kind: "unreachable" } });
  request.open("POST", path);
  request.setRequestHeader("content-type", contentType);
  request.upload.onprogress = ({ loaded }) => onSent(loaded);
  request.onload = () => resolve(readAnswer(request.status, request.responseText, data));
  request.onerror = fail;
  request.onabort = fail;
  signal.addEventListener("abort", () => request.abort());
  request.send(body);
  return promise;
}
