/** Matches every host. */
export const ANY_HOST = "*";

/** The hosts of the chats that alerts can be sent to. */
export const CHAT_HOSTS = [
  ...["hooks.slack.com", "open.feishu.cn", "open.larksuite.com"],
  ...["oapi.dingtalk.com", "qyapi.weixin.qq.com"],
];

/** Parses a list of hosts as Deno's permission `net` takes them; throws a `RangeError` for any other. */
export function parseAlertHosts(entries: readonly string[]): string[] {
  for (const entry of entries) {
    if (entry === ANY_HOST || /^(\*\.)?[\w.-]+(:\d{1,5})?$/.test(entry)) continue;
    if (/^\[[\da-f:.]+\](:\d{1,5})?$/i.test(entry)) continue;
    throw new RangeError(
      `"${entry}" is not a valid host; use for example hooks.example or hooks.example:8443`,
    );
  }
  return [...entries];
}

/**
 * Whether this process may connect to an address; with minimal permissions, `ALERT_HOSTS` determines this.
 */
export function mayReach(address: string): boolean {
  const { hostname, port, protocol } = new URL(address);
  const host = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  return Deno.permissions.querySync({ name: "net", host }).state === "granted";
}
