import { isIP } from "node:net";
import { isLoopback } from "../runtime/addresses.ts";

/** Whether a host is this machine. Any other name indicates DNS rebinding. */
export function isLocalHost(host: string): boolean {
  const hostname = nameOf(host);
  return isLoopback(hostname) || hostname.endsWith(".localhost");
}

/**
 * Whether a host belongs to the deployment; any host does when no public address is set. IP addresses
 * are accepted: DNS rebinding needs a name, and health checks use addresses.
 */
export function isKnownHost(host: string, publicUrls: readonly URL[]): boolean {
  if (publicUrls.length === 0 || publicUrls.some((url) => url.host === host)) return true;
  return isLocalHost(host) || isIP(nameOf(host).replace(/^\[|\]$/g, "")) !== 0;
}

/** A host without its port. */
function nameOf(host: string): string {
  return URL.parse(`http://${host}`)?.hostname ?? host;
}
