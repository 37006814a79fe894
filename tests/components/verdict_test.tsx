import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { ClockNote } from "../../components/health/ClockNote.tsx";
import { FreshMark } from "../../components/health/FreshMark.tsx";
import { HealthMark } from "../../components/health/HealthMark.tsx";
import { Verdict } from "../../components/health/Verdict.tsx";
import { liveStatus } from "../../lib/dashboard/live/live_status.ts";
import { freshWords } from "../../lib/i18n/fresh_words.ts";
import { healthWords } from "../../lib/i18n/health_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import { APPEARANCE, type Health } from "../../lib/wire/health/health.ts";
import { BEGIN, flowing, statusOf, watched } from "../support/statuses.ts";

const voice = createVoice("en", { ...healthWords.en, ...freshWords.en });

const STATES: Health[] = [
  { state: "gone", at: BEGIN, seconds: 14 },
  { state: "unknown" },
  { state: "empty", workers: 2 },
  { state: "broker", since: BEGIN },
  { state: "database", since: BEGIN },
  { state: "lost", node: "vm-2", held: 800, seconds: 22 },
  { state: "stopped", waiting: 1_204 },
  { state: "none", waiting: 1_204 },
  { state: "stuck", held: 800, seconds: 40 },
  { state: "restarting", restarts: 11, quarantined: 80 },
  { state: "behind", waiting: 48_210, growth: 790, busiest: null },
  { state: "catching", waiting: 8_412, least: 110, most: 110 },
  { state: "ok", waiting: 12, oldest: 0.4, steady: true },
];

Deno.test("the verdict shows each state's name, tone and shape, and spins its wheel where allowed", () => {
  assert.equal(STATES.length, Object.keys(APPEARANCE).length);
  const drawings = new Set<string>();
  for (const state of STATES) {
    const { tone, turns } = APPEARANCE[state.state];
    const live = {
      ...liveStatus(watched([statusOf()])),
      health: signal(state),
      turning: signal<"true" | "false">(turns ? "true" : "false"),
    };
    const html = render(
      <Verdict voice={voice} live={live} label="State" actions={null}>{null}</Verdict>,
    );
    assert.match(html, new RegExp(`data-tone="${tone}"`), state.state);
    assert.match(html, new RegExp(`data-turning="${turns}"`), state.state);
    assert.ok(html.includes(voice.say(state.state)), state.state);
    drawings.add(/class="glyph"[^>]*><path fill-rule="evenodd" d="([^"]*)"/.exec(html)?.[1] ?? "");
    const line = render(<HealthMark voice={voice} live={live} />);
    assert.ok(line.includes(voice.say(state.state)), "the health line shows the same name");
  }
  assert.equal(drawings.size, new Set(Object.values(APPEARANCE).map(({ shape }) => shape)).size);
});

Deno.test("the server-rendered page shows the time of its numbers", () => {
  const live = liveStatus(watched(flowing({ seconds: 5, arriving: 5, finishing: 5 })));
  const html = render(<FreshMark voice={voice} live={live} />);
  assert.match(html, />As of \d\d:\d\d:\d\d</);
  assert.match(html, /data-link="stopped"/);
});

Deno.test("the mark shows the delay while live, and the age when updates stop", () => {
  const live = liveStatus(watched([statusOf()]));
  const marked = (changes: Partial<typeof live>) =>
    render(<FreshMark voice={voice} live={{ ...live, ...changes }} />);
  const link = signal({ kind: "live" } as const);
  assert.match(marked({ link, delayMs: signal(12) }), /data-fresh="live".*Live · 12 ms/);
  const old = marked({ link, fresh: signal(false), ageMs: signal(14_000) });
  assert.match(old, /data-fresh="old".*14 s old/);
  const away = marked({ link, fresh: signal(false), ageMs: signal(0) });
  assert.match(away, /data-fresh="old".*As of /, "the broker is away, but the server responds");
});

Deno.test("a line says how far this device's clock is off, and is absent if it is right", () => {
  const note = (language: "en" | "zh", off: number | null) =>
    render(
      <ClockNote
        voice={createVoice(language, { ...healthWords[language], ...freshWords[language] })}
        live={{ clockOffMs: signal(off) }}
      />,
    );
  assert.match(
    note("en", 300_000),
    /This device.{1,5}s clock is 5 min ahead of the server.{1,5}s;/,
  );
  assert.match(note("en", -4_000), /clock is 4 s behind the server/);
  assert.match(note("zh", 300_000), /这台设备的时钟比服务器快 5 分钟/);
  assert.match(note("zh", -4_000), /这台设备的时钟比服务器慢 4 秒/);
  assert.equal(note("en", null), "");
});
