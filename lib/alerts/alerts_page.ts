import type { Config } from "../runtime/config.ts";

/** The URL of the alerts page, for messages; null when no public address is configured. */
export function alertsPage({ publicUrls: [publicUrl], basePath }: Config): string | null {
  return publicUrl === undefined ? null : new URL(`${basePath}/alerts`, publicUrl).href;
}
