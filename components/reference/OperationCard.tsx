import type { OperationObject } from "../../lib/dashboard/reference/operation_object.ts";
import { parameterText } from "../../lib/dashboard/reference/parameter_text.ts";
import type { referenceWords } from "../../lib/i18n/reference_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface OperationCardProps {
  voice: Voice<WordKey<typeof referenceWords>>;
  method: string;
  path: string;
  operation: OperationObject;
}

/** One operation of the API: input, output and errors. */
export function OperationCard({ voice, method, path, operation }: OperationCardProps) {
  const { say } = voice;
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const [done] = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  const refused = Object.entries(responses).filter(([status]) => !status.startsWith("2"));
  return (
    <article class="panel operation" id={operationId} lang="en">
      <header>
        <h3>
          <span class="operation-method" data-method={method}>{method}</span> <code>{path}</code>
        </h3>
        <p>{summary}</p>
      </header>
      <div class="panel-body stack">
        {parameters.length > 0 && (
          <dl class="operation-list" aria-label={say("parameters")}>
            {parameters.map(({ name, required, schema }) => (
              <div key={name}>
                <dt>
                  <code>{name}</code> {required && <em>{say("required")}</em>}
                </dt>
                <dd>
                  <code>{parameterText(schema)}</code>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {requestBody !== undefined &&
          [...bodiesOf(requestBody.content)].map(([schema, types]) => (
            <Schema
              key={schema}
              title={`${say("body")} – ${types.map(([type]) => type).join(", ")}`}
              schema={JSON.parse(schema)}
            />
          ))}
        {done !== undefined &&
          Object.entries(done[1].content).map(([type, { schema }]) => (
            <Schema
              key={type}
              title={`${done[0]} – ${say("answer")} – ${type}`}
              schema={schema.properties?.data ?? schema}
            />
          ))}
        <details>
          <summary>{say("refusals")}</summary>
          <dl class="operation-list">
            {refused.map(([status, { description }]) => (
              <div key={status}>
                <dt>{status}</dt>
                <dd>{description}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </article>
  );
}

/** The media types of a body by its schema, as JSON. */
function bodiesOf(content: NonNullable<OperationObject["requestBody"]>["content"]) {
  return Map.groupBy(Object.entries(content), ([, { schema }]) => JSON.stringify(schema));
}

function Schema({ title, schema }: { title: string; schema: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre class="operation-schema" tabIndex={0}>{JSON.stringify(schema, null, 2)}</pre>
    </details>
  );
}
