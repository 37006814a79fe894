/** An article as a producer submits it. */
export interface GeneratedArticle {
  source: string;
  title: string;
  content: string;
  group: string;
}

const GROUPS = ["城市", "山川", "工艺", "饮食", "旅行"];
const PLACES = "重庆 长江 银行门口 旧书店 渡口 茶馆 音乐厅 植物园 火车站 绿道 藏书楼 校场".split(
  " ",
);
const PEOPLE = "行人 船长 女儿 会计 裁缝 少年 校长 乐手 摄影师 老教授 邻居 调度员".split(" ");
const ACTIONS =
  "慢慢地走过 重新调整了 仔细地记下 还给了朋友 数着 学会了 觉得喜欢 得到了 当作宝贝 背着 量过 空出了"
    .split(" ");
const THINGS =
  "一张旧地图 几朵白花 没有写完的信 长长的影子 朝霞 热闹的市集 便宜的车票 铜制的门环 一碗米线 曲子的开头 单薄的衣服 种子"
    .split(" ");
const TURNS = "因为 虽然 后来 当时 大概 就在这时 为了 或者 似乎 终于".split(" ");
const LATIN = "GPS, No. 7, 42 km, Wi-Fi, the old quay, 3:15 pm, Deno 2.9, a slow train, 1984, OK"
  .split(
    ", ",
  );
const DROPPED = ["<p>图：本报</p>", "<p>扫码关注我们的公众号，限时优惠等你来拿，更多好礼。</p>"];

/**
 * Returns the `index`-th article, deterministically: about 1.5 KB of HTML in UTF-8, seven kept
 * paragraphs, three quarters of the characters Chinese, with words whose readings depend on the context.
 */
export function generateArticle(index: number): GeneratedArticle {
  const random = seededRandom(index);
  const paragraphs = Array.from({ length: 6 + Math.floor(random() * 3) }, () => paragraph(random));
  if (random() < 0.5) paragraphs.splice(1, 0, pick(DROPPED, random));
  return {
    source: `bench-${index}`,
    title: `${pick(PLACES, random)}的${pick(PEOPLE, random)}，第 ${index} 篇`,
    content: `<div class="post">${paragraphs.join("\n")}</div>`,
    group: pick(GROUPS, random),
  };
}

function paragraph(random: () => number): string {
  const clauses = Array.from({ length: 3 + Math.floor(random() * 3) }, () => clause(random));
  const [first, ...rest] = clauses;
  return `<p><strong>${first}</strong>，${rest.join("，")}&nbsp;${pick(LATIN, random)}。</p>`;
}

function clause(random: () => number): string {
  return pick(TURNS, random) + pick(PEOPLE, random) + pick(ACTIONS, random) + pick(THINGS, random);
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}

/** A seeded pseudorandom number generator (mulberry32): numbers from 0 to 1. */
function seededRandom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
