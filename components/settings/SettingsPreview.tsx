import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import type { PreviewState } from "../../lib/dashboard/settings/settings_model.ts";
import type { SettingsPreview as Preview } from "../../lib/dashboard/settings/settings_view.ts";
import type { settingsWords } from "../../lib/i18n/settings_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { describeDropReason } from "../articles/drop_reason.ts";

type Words = Voice<WordKey<typeof settingsWords>>;
type Example = Preview["examples"][number];

export interface SettingsPreviewProps {
  voice: Words;
  state: PreviewState;
}

/** The effect of a change on recent articles: gained and lost paragraphs, side by side. */
export function SettingsPreview({ voice, state }: SettingsPreviewProps) {
  const { say } = voice;
  switch (state.kind) {
    case "none":
      return <p class="preview-note">{say("previewNone")}</p>;
    case "faulty":
      return <p class="preview-note">{say("previewFaulty")}</p>;
    case "loading":
      return <p class="preview-note">{say("previewAsking")}</p>;
    case "failed":
      return (
        <p class="preview-note preview-failed">
          {say("noPreview", { reason: describeFailure(voice, state.failure) })}
        </p>
      );
    case "known":
      return <Known voice={voice} preview={state.preview} />;
  }
}

function Known({ voice, preview }: { voice: Words; preview: Preview }) {
  const { say, number } = voice;
  const { articles, changed, gained, lost, reread, examples } = preview;
  if (articles === 0) return <p class="preview-note">{say("previewNoArticles")}</p>;
  if (changed === 0) {
    return <p class="preview-note">{say("previewNothing", { articles, count: articles })}</p>;
  }
  return (
    <>
      <dl class="preview-figures">
        <div data-kind="lost">
          <dt>{say("lost")}</dt>
          <dd data-some={lost > 0 ? "true" : "false"}>{lost > 0 ? `−${number(lost)}` : "0"}</dd>
        </div>
        <div data-kind="gained">
          <dt>{say("gained")}</dt>
          <dd data-some={gained > 0 ? "true" : "false"}>
            {gained > 0 ? `+${number(gained)}` : "0"}
          </dd>
        </div>
        <div data-kind="reread">
          <dt>{say("reread")}</dt>
          <dd data-some={reread > 0 ? "true" : "false"}>{number(reread)}</dd>
        </div>
      </dl>
      <p class="preview-note">
        {say("previewSummary", { articles, changed })} {say("previewLater")}
      </p>
      {examples.map((example) => <Compared key={example.id} voice={voice} example={example} />)}
    </>
  );
}

function Compared({ voice, example }: { voice: Words; example: Example }) {
  const { say } = voice;
  const { id, title, unchanged, more, changes } = example;
  const rest = [
    ...(more > 0 ? [say("moreChanges", { count: more })] : []),
    ...(unchanged > 0 ? [say("unchanged", { count: unchanged })] : []),
  ];
  return (
    <table class="preview-article">
      <caption>
        <a href={`/articles/${id}`}>{title === "" ? `#${id}` : title}</a>
      </caption>
      <thead>
        <tr>
          <th scope="col">{say("now")}</th>
          <th scope="col">{say("after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const { kind, position, text } = change;
          if (change.kind === "reread") {
            return (
              <tr key={position} data-kind={kind}>
                <td class="preview-kept">{text}</td>
                <td class="preview-kept">{change.after}</td>
              </tr>
            );
          }
          const { reason } = change;
          const kept = <td class="preview-kept">{text}</td>;
          const why = reason === null ? say("notThere") : describeDropReason(voice, reason);
          const out = (
            <td class="preview-out">
              <b>{say("leftOut")}</b> · {why}
            </td>
          );
          return (
            <tr key={`${kind} ${position}`} data-kind={kind}>
              {kind === "lost" ? kept : out}
              {kind === "lost" ? out : kept}
            </tr>
          );
        })}
        {rest.length > 0 && (
          <tr>
            <td class="preview-rest" colSpan={2}>{rest.join(" · ")}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
