import { defineWords } from "./words.ts";

/** The freshness of a page, and the actions of its health line. */
export const freshWords = defineWords({
  zh: {
    live: "实时",
    liveDelay: "实时 · {delay} 毫秒",
    connecting: "正在连接…",
    age: "{age}前",
    asOf: "截至 {time}",
    againLost: "{count} 秒后再试",
    againOffline: "离线，{count} 秒后再试",
    againTooMany: "打开的页面过多，{count} 秒后再试",
    signedOut: "登录已失效",
    unknownAge: "没有数据",
    clockAhead: "这台设备的时钟比服务器快 {duration}；页面上记录的时间以服务器为准。",
    clockBehind: "这台设备的时钟比服务器慢 {duration}；页面上记录的时间以服务器为准。",
    refresh: "刷新",
    refreshed: "已刷新",
    notRefreshed: "未能刷新：服务器没有应答",
    copyLink: "复制链接",
    copied: "链接已复制",
    notCopied: "未能复制，请从地址栏复制",
    spoken: "{health}等待 {pending}，待重试 {retry}，死信 {dead}。",
  },
  en: {
    live: "Live",
    liveDelay: "Live · {delay} ms",
    connecting: "Connecting…",
    age: "{age} old",
    asOf: "As of {time}",
    againLost: "Trying again in {count} s",
    againOffline: "Offline, next try in {count} s",
    againTooMany: "Too many open pages, next try in {count} s",
    signedOut: "Signed out",
    unknownAge: "No data",
    clockAhead:
      "This device's clock is {duration} ahead of the server's; recorded times on the page are the server's.",
    clockBehind:
      "This device's clock is {duration} behind the server's; recorded times on the page are the server's.",
    refresh: "Refresh",
    refreshed: "Refreshed",
    notRefreshed: "Could not refresh: no answer from the server",
    copyLink: "Copy link",
    copied: "Link copied",
    notCopied: "Could not copy; copy it from the address bar",
    spoken: "{health} {pending} waiting, {retry} to retry, {dead} dead {dead:letter|letters}.",
  },
});
