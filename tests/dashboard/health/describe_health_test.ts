import assert from "node:assert/strict";
import { describeHealth, sayHealth } from "../../../lib/dashboard/health/describe_health.ts";
import { healthWords } from "../../../lib/i18n/health_words.ts";
import type { Language } from "../../../lib/i18n/language.ts";
import { createVoice } from "../../../lib/i18n/voice.ts";
import type { Health } from "../../../lib/wire/health/health.ts";

const at = new Date(2026, 10, 26, 10, 20, 41).getTime();
const described = (language: Language, health: Health) => {
  const voice = createVoice(language, healthWords[language]);
  return [sayHealth(voice, health), describeHealth(voice, health).title];
};

/** Every state with its sentence and title in both languages. */
const SENTENCES: [Health, [string, string], [string, string]][] = [
  [
    { state: "gone", at, seconds: 14 },
    [
      "No contact with the server: these figures are 14 s old (10:20:41).",
      "No contact since 10:20:41",
    ],
    ["联系不上服务器：以下是 14 秒前（10:20:41）的数字。", "10:20:41 起失去联系"],
  ],
  [
    { state: "broker", since: at },
    [
      "Redis unavailable: no answer since 10:20:41; articles are still accepted, processing waits.",
      "Redis down",
    ],
    ["Redis 不可用：自 10:20:41 起没有应答；新文章照收，处理暂停。", "Redis 不可用"],
  ],
  [
    { state: "database", since: at },
    [
      "Database unavailable: no answer since 10:20:41; processing waits and resumes by itself.",
      "Database down",
    ],
    ["数据库不可用：自 10:20:41 起没有应答；处理暂停，恢复后自动继续。", "数据库不可用"],
  ],
  [
    { state: "lost", node: "vm-54bb", held: 800, seconds: 22 },
    ["Node lost: vm-54bb holds 800 articles, back in the queue in 22 s.", "Node lost · 800 held"],
    ["节点失联：vm-54bb 手里的 800 篇，22 秒后回到队列。", "节点失联 · 800 篇"],
  ],
  [
    { state: "stopped", waiting: 1_204 },
    [
      "Stopped: 1,204 articles stay in the queue until processing starts.",
      "Stopped · 1,204",
    ],
    ["已停止：1,204 篇留在队列里，启动后继续。", "已停止 · 1,204"],
  ],
  [
    { state: "none", waiting: 1_204 },
    ["No workers: 1,204 waiting and no node to process them.", "No workers · 1,204"],
    ["没有工作线程：1,204 篇等待，没有节点在处理。", "没有工作线程 · 1,204"],
  ],
  [
    { state: "stuck", held: 800, seconds: 40 },
    ["Stuck: 800 in progress, none finished for 40 s.", "Stuck for 40 s"],
    ["卡住了：800 篇在处理，40 秒没有一篇完成。", "卡住 40 秒"],
  ],
  [
    { state: "restarting", restarts: 11, quarantined: 80 },
    [
      "Workers restarting: 11 restarts in a minute; 80 articles are redone one by one.",
      "Workers restarting",
    ],
    ["工作线程反复重启：一分钟重启 11 次；80 篇文章在逐篇隔离重做。", "线程重启中"],
  ],
  [
    { state: "behind", waiting: 48_210, growth: 790, busiest: { stage: "save", share: 0.71 } },
    [
      "Falling behind: 790 more wait each second; saving takes 71% of the time.",
      "Behind · 48,210",
    ],
    ["处理不及：每秒多积压 790 篇；时间多半花在写数据库（71%）。", "处理不及 · 48,210"],
  ],
  [
    { state: "catching", waiting: 8_412, least: 108, most: 112 },
    ["Catching up: 8,412 waiting, empty in about 1 min 50 s.", "Catching up · 8,412"],
    ["正在追赶：8,412 篇等待，约 1 分 50 秒后清空。", "追赶中 · 8,412"],
  ],
  [
    { state: "ok", waiting: 12, oldest: 0.4, steady: true },
    [
      "Keeping up: as much goes out as comes in; longest wait 0.4 s.",
      "Keeping up · 12 waiting",
    ],
    ["处理及时：来多少处理多少；等得最久的 0.4 秒。", "处理及时 · 12 篇等待"],
  ],
  [
    { state: "ok", waiting: 0, oldest: 171, steady: true },
    [
      "Keeping up: no article waits; the oldest in progress arrived 2 min 51 s ago.",
      "Keeping up · 0 waiting",
    ],
    ["处理及时：没有文章在等待；处理中最早的一篇 2 分 51 秒前收到。", "处理及时 · 0 篇等待"],
  ],
  [
    { state: "unknown" },
    ["Not known yet: connected; no node has reported yet.", "Not known yet"],
    ["状态未知：已连接，还没有节点上报。", "状态未知"],
  ],
  [
    { state: "empty", workers: 2 },
    ["Ready for the first article: 2 workers are idle.", "Ready"],
    ["等待第一篇文章：2 个工作线程空闲。", "就绪"],
  ],
];

Deno.test("every state has its sentence and title in both languages", () => {
  for (const [health, english, chinese] of SENTENCES) {
    assert.deepEqual(described("en", health), english);
    assert.deepEqual(described("zh", health), chinese);
  }
});

Deno.test("an estimate whose bounds differ is a range", () => {
  const health: Health = { state: "catching", waiting: 900, least: 30, most: 90 };
  assert.equal(
    described("en", health)[0],
    "Catching up: 900 waiting, empty in 30 s to 1 min 30 s.",
  );
});
