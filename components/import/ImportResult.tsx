import {
  type ImportState,
  importToList,
  rejectionsText,
} from "../../lib/dashboard/import/import_state.ts";
import type { Failure } from "../../lib/dashboard/requests/api.ts";
import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { LineNote } from "../../lib/wire/import_figures.ts";
import { Icon } from "../shell/Icon.tsx";

const LISTED = 10;

export interface ImportResultProps {
  voice: Voice<WordKey<typeof importWords>>;
  state: ImportState;
  /** The number of the import whose articles are linked; by default that of the figures. */
  listedImport?: number | null;
}

/** The result of an import: figures, and rejections with reasons. */
export function ImportResult(props: ImportResultProps) {
  const { voice, state } = props;
  const { say } = voice;
  if (state.kind === "failed") {
    return (
      <div class="import-failed">
        <p role="alert">{describeImportFailure(voice, state.failure)}</p>
        {!isForeign(state.failure) && <p class="hint">{say("kept")}</p>}
      </div>
    );
  }
  const { listedImport = importToList(state.figures) } = props;
  const { accepted, duplicates, changed, skipped, rejected, rejected_total } = state.figures;
  const counts = { accepted, duplicates, rejected: rejected_total, changed, skipped };
  const always = ["accepted", "duplicates", "rejected"] as const;
  const sometimes = (["changed", "skipped"] as const).filter((name) => counts[name] > 0);
  const { warnings, warnings_total } = state.figures;
  const listed = rejected.slice(0, LISTED);
  const left = rejected_total - listed.length;
  return (
    <div class="import-done">
      <dl>
        {[...always, ...sometimes].map((name) => (
          <div key={name} data-field={name} data-some={counts[name] > 0 ? "true" : "false"}>
            <dt>{say(name)}</dt>
            <dd>{voice.number(counts[name])}</dd>
          </div>
        ))}
      </dl>
      {listed.length > 0 && (
        <ul class="import-rejected" aria-label={say("rejectedLines")}>
          {listed.map((each) => <Placed key={keyOf(each)} voice={voice} note={each} />)}
          {left > 0 && <li>{say("more", { count: left })}</li>}
        </ul>
      )}
      {changed > 0 && <p class="hint">{say("changedHelp")}</p>}
      {warnings.length > 0 && (
        <ul class="import-warnings" aria-label={say("warnings")}>
          {warnings.slice(0, LISTED).map((each) => (
            <Placed key={keyOf(each)} voice={voice} note={each} />
          ))}
          {warnings_total > LISTED && <li>{say("more", { count: warnings_total - LISTED })}</li>}
        </ul>
      )}
      <p class="import-next">
        {listedImport !== null && (
          <a class="button" href={`/articles?import=${listedImport}`}>{say("articles")}</a>
        )}
        {listed.length > 0 && (
          <a
            class="button"
            data-look="quiet"
            href={`data:text/plain;charset=utf-8,${
              encodeURIComponent(rejectionsText(state.figures))
            }`}
            download={`${state.name ?? "pasted"}.rejected.txt`}
          >
            <Icon name="download" />
            <span>
              {rejected_total > rejected.length
                ? say("downloadFirst", { count: rejected.length })
                : say("download")}
            </span>
          </a>
        )}
      </p>
    </div>
  );
}

/** A message with the place of its record. */
function Placed({ voice, note }: { voice: ImportResultProps["voice"]; note: LineNote }) {
  const { line, record, error } = note;
  const place = record === undefined
    ? voice.say("line", { line: String(line) })
    : voice.say("record", { line: String(line), record: String(record) });
  return (
    <li>
      <b>{place}</b> {error}
    </li>
  );
}

function keyOf({ line, record = 0, error }: LineNote): string {
  return `${line} ${record} ${error}`;
}

/** Describes why an import failed; the server's sentence stands alone. */
export function describeImportFailure(voice: ImportResultProps["voice"], failure: Failure): string {
  return failure.kind === "refused"
    ? failure.message
    : voice.say("failed", { reason: describeFailure(voice, failure) });
}

/** Whether the kind of the file is refused, so that nothing of it was saved. */
function isForeign(failure: Failure): boolean {
  return failure.kind === "refused" && failure.status === 415;
}
