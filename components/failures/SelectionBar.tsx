import { SELECTION } from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";

export interface SelectionBarProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  /** The id of the checkboxes' form. */
  form: string;
  /** The filter of the list to return to. */
  fields: [string, string][];
}

/** The actions on the selected articles; shown while any are selected. */
export function SelectionBar({ voice, form, fields }: SelectionBarProps) {
  const { say } = voice;
  return (
    <form id={form} class="hold selection" method="get" action="/failures">
      <b>
        {say("selected")} <span data-selected={form} />
      </b>
      <span class="soft">{say("holdsStill")}</span>
      <input type="hidden" name="of" value={SELECTION} />
      {fields.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <span class="end">
        <button type="submit" class="button" data-size="small" name="ask" value="retry">
          <Icon name="retry" />
          <span>{say("retrySelected")}</span>
        </button>
        <button
          type="submit"
          class="button"
          data-look="danger"
          data-size="small"
          name="ask"
          value="clear"
        >
          <Icon name="clear" />
          <span>{say("clearSelected")}</span>
        </button>
        <button
          type="reset"
          class="button scripted"
          data-look="quiet"
          data-size="small"
          data-deselects={form}
        >
          <Icon name="close" />
          <span>{say("deselect")}</span>
        </button>
      </span>
    </form>
  );
}
