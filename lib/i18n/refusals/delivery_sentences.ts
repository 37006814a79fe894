import type { SentenceTable } from "./sentence.ts";

/** Why an alert is not delivered. */
export const DELIVERY_SENTENCES = {
  delivery_refused: ["{host} refuses the connection", "{host} 拒绝连接"],
  delivery_name: ["There is no address for the name {host}", "找不到主机名 {host}"],
  delivery_certificate: [
    "The certificate of {host} is not trusted: {cause}",
    "{host} 的证书不受信任：{cause}",
  ],
  delivery_tls: [
    "{host} does not speak TLS, which https:// needs",
    "{host} 不支持 TLS，不能用 https://",
  ],
  delivery_closed: [
    "{host} closed the connection without a response",
    "{host} 没有应答就断开了连接",
  ],
  delivery_timed_out: [
    "{host} did not respond within {seconds} s",
    "{host} 在 {seconds} 秒内没有应答",
  ],
  delivery_unreachable: ["{host} cannot be reached: {cause}", "无法连接 {host}：{cause}"],
} as const satisfies SentenceTable;
