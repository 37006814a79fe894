import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import type { VNode } from "preact";
import { render } from "preact-render-to-string";
import { FiringAlert } from "../../components/alerts/FiringAlert.tsx";
import { FiringTable } from "../../components/alerts/FiringTable.tsx";
import { ArticleFilter } from "../../components/articles/ArticleFilter.tsx";
import { ArticleHistory } from "../../components/articles/ArticleHistory.tsx";
import { OperationList } from "../../components/failures/OperationList.tsx";
import { RecentImports } from "../../components/import/RecentImports.tsx";
import { SinceStrip } from "../../components/overview/SinceStrip.tsx";
import { SettingField } from "../../components/settings/SettingField.tsx";
import { readArticleQuery } from "../../lib/dashboard/articles/article_query.ts";
import { createSettingsModel } from "../../lib/dashboard/settings/settings_model.ts";
import { alertsWords } from "../../lib/i18n/alerts_words.ts";
import { articleWords } from "../../lib/i18n/article_words.ts";
import { articlesWords } from "../../lib/i18n/articles_words.ts";
import { failuresWords } from "../../lib/i18n/failures_words.ts";
import { importWords } from "../../lib/i18n/import_words.ts";
import { overviewWords } from "../../lib/i18n/overview_words.ts";
import { settingsWords } from "../../lib/i18n/settings_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { AlertFiring } from "../../lib/wire/alerts.ts";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { defaultSettings } from "../../lib/wire/settings.ts";

const AUTHOR = "Lin (operator) at 192.0.2.7";
const WORDED = "Lin（操作员，192.0.2.7）";

const FIRING: AlertFiring = {
  id: 1,
  rule_id: 1,
  rule_name: "积压",
  measure: "backlog",
  threshold: 5,
  value: 9,
  peak: 9,
  began_at: 0,
  ended_at: null,
  acknowledged_at: 1_000,
  acknowledged_by: AUTHOR,
  deliveries: [],
};

function disputedField() {
  const settings = defaultSettings(2);
  const view = { version: "1", settings, changes: [] };
  const model = createSettingsModel({ view, draft: null, preview: null, result: null });
  const change = { id: 1, at: 0, by: AUTHOR, name: "retry_max", old: 3, new: 5 } as const;
  const disputed = signal({ retry_max: change });
  return (
    <SettingField
      voice={createVoice("zh", settingsWords.zh)}
      model={{ ...model, disputed }}
      name="retry_max"
      readOnly={false}
    />
  );
}

const PLACES: Record<string, () => VNode> = {
  "a setting that was changed meanwhile": disputedField,
  "a bulk operation, which can be undone": () => (
    <OperationList
      voice={createVoice("zh", failuresWords.zh)}
      operations={[{
        id: 1,
        kind: "clear",
        filter: {},
        askedAt: 0,
        askedBy: AUTHOR,
        total: 1,
        done: 1,
        finishedAt: 1,
        undoable: true,
      }]}
      mayAct
      earlier={false}
    />
  ),
  "an action on an article": () => (
    <ArticleHistory
      voice={createVoice("zh", articleWords.zh)}
      happenings={[{ kind: "acted", at: 0, action: { kind: "clear", at: 0, by: AUTHOR } }]}
    />
  ),
  "a firing alert": () => (
    <FiringAlert voice={createVoice("zh", alertsWords.zh)} firing={FIRING} now={9_000} mayAct />
  ),
  "a past alert": () => (
    <FiringTable voice={createVoice("zh", alertsWords.zh)} firings={[FIRING]} now={9_000} />
  ),
  "a recent import": () => (
    <RecentImports
      voice={createVoice("zh", importWords.zh)}
      imports={[{
        id: 1,
        name: null,
        by: AUTHOR,
        started_at: 0,
        updated_at: 0,
        state: "finished",
        reason: null,
        figures: noFigures(),
      }]}
      resume={() => {}}
    />
  ),
  "the import whose articles are listed": () => (
    <ArticleFilter
      voice={createVoice("zh", articlesWords.zh)}
      query={readArticleQuery(new URLSearchParams("import=1"))}
      groups={[]}
      ofImport={{ name: null, by: AUTHOR, started_at: 0 }}
    />
  ),
  "the summary since the last visit": () => (
    <SinceStrip
      voice={createVoice("zh", overviewWords.zh)}
      news={{
        since: 0,
        now: 1,
        processed: null,
        causes: { count: 0, href: "" },
        changes: { count: 1, people: [AUTHOR], href: "/events" },
        losses: { count: 0, href: "" },
      }}
    />
  ),
};

for (const [place, element] of Object.entries(PLACES)) {
  Deno.test(`the author is in the reader's language: ${place}`, () => {
    const html = render(element());
    assert.ok(html.includes(WORDED), html);
    assert.ok(!html.includes(AUTHOR));
  });
}
