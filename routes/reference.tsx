import { page } from "fresh";
import { OperationCard } from "../components/reference/OperationCard.tsx";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define } from "../define.ts";
import { operationsByTag } from "../lib/dashboard/reference/operation_object.ts";
import { describeInterface } from "../lib/http/api/describe_interface.ts";
import { referenceWords } from "../lib/i18n/reference_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

/** The API reference: every operation of the OpenAPI document. */
export const handler = define.handlers({
  GET({ state: { node }, url }) {
    return page({ operations: operationsByTag(describeInterface(node.config, url)) });
  },
});

export default define.page<typeof handler>(({ data, state: { language } }) => {
  const voice = createVoice(language, referenceWords[language]);
  const { say } = voice;
  const tags = [...data.operations];
  return (
    <>
      <PageHead title={say("title")} styles={["reference"]} />
      <PageHeader title={say("title")} note={say("note")}>
        <a class="button" data-look="quiet" data-size="small" href="/api/openapi.json" download>
          {say("download")}
        </a>
      </PageHeader>
      <nav class="reference-tags" aria-label={say("title")}>
        {tags.map(([tag]) => <a key={tag} href={`#tag-${tag}`} lang="en">{tag}</a>)}
      </nav>
      {tags.map(([tag, operations]) => (
        <section key={tag} class="stack" id={`tag-${tag}`} aria-labelledby={`title-${tag}`}>
          <h2 id={`title-${tag}`} lang="en">{tag}</h2>
          {operations.map((each) => (
            <OperationCard key={each.operation.operationId} voice={voice} {...each} />
          ))}
        </section>
      ))}
    </>
  );
});
