import { toError } from "../runtime/errors.ts";

/** Behind the address in the messages of `fetch`; the address itself is a secret. */
const CLIENT_ERROR = /client error \(\w+\): (.*)$/s;

/** The causes that the HTTP client of Deno names, by their texts. */
const CAUSES: readonly [RegExp, (host: string, cause: string) => string][] = [
  [/connection refused/i, (host) => `${host} refuses the connection`],
  [/dns error|failed to lookup address/i, (host) => `There is no address for the name ${host}`],
  [/certificate/i, (host, cause) => `The certificate of ${host} is not trusted: ${detail(cause)}`],
  [/corrupt message|handshake|tls/i, (host) => `${host} does not speak TLS, which https:// needs`],
  [
    /closed before message|reset by peer|broken pipe/i,
    (host) => `${host} closed the connection without a response`,
  ],
];

/** Describes why a request to a host had no response, after at most `seconds`. */
export function connectionFailure(thrown: unknown, host: string, seconds: number): string {
  const { name, message, cause } = toError(thrown);
  if (name === "TimeoutError") return `${host} did not respond within ${seconds} s`;
  const text = cause instanceof Error ? CLIENT_ERROR.exec(cause.message)?.[1] ?? "" : message;
  const known = CAUSES.find(([pattern]) => pattern.test(text));
  return known?.[1](host, text) ?? `${host} cannot be reached: ${text || message}`;
}

/** The part of a message after its last prefix, such as `UnknownIssuer`. */
function detail(message: string): string {
  return message.slice(message.lastIndexOf(": ") + 1).trim();
}
