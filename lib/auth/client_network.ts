/**
 * Returns the unit for per-address limits: an IPv4 address, or the /64 network of an IPv6 address, since a
 * client usually controls the whole network.
 */
export function clientNetwork(hostname: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(hostname);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!hostname.includes(":")) return hostname;
  const [head = "", tail] = hostname.split("%", 1).join("").split("::");
  const left = head.split(":").filter((group) => group !== "");
  const right = (tail ?? "").split(":").filter((group) => group !== "");
  if (left.length + right.length === 1 && right[0] === "1") return "::1";
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right].slice(0, 4).join(":") + "::/64";
}
