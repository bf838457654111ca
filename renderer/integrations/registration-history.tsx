import type { IntegrationDefinition, Registration } from "../../shared/integration.ts";
import { useNow } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { formatMoment } from "../ui/format.ts";
import { CodeBlock } from "./code-block.tsx";
import { writeJson } from "./json-text.ts";

const { register: words } = integrationTexts;

interface RegistrationHistoryProps {
  readonly registrations: readonly Registration[];
  readonly onBringBack: (definition: IntegrationDefinition) => void;
}

/** What was registered when, newest first, each with its definition. */
export function RegistrationHistory({ registrations, onBringBack }: RegistrationHistoryProps) {
  return (
    <section className="history" aria-label={words.history}>
      <h3>{words.history}</h3>
      {registrations.length === 0 ? <p className="hint">{words.noHistory}</p> : null}
      <ol>
        {registrations.map((registration) => (
          <li key={`${registration.at} ${registration.id}`}>
            <RegistrationLine registration={registration} onBringBack={onBringBack} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface RegistrationLineProps {
  readonly registration: Registration;
  readonly onBringBack: (definition: IntegrationDefinition) => void;
}

function RegistrationLine({ registration, onBringBack }: RegistrationLineProps) {
  const { id, at, status, definition } = registration;
  const time = useNow((now) => formatMoment(at, now));
  return (
    <details className="fold">
      <summary>
        <span className="history-time">{time}</span> <code>{id}</code> <span className="tag">{status}</span>
      </summary>
      <CodeBlock label={`${time} ${id}`} text={writeJson(definition)} tall />
      <button type="button" className="button" title={words.bringBackHint} onClick={() => onBringBack(definition)}>
        {words.bringBack}
      </button>
    </details>
  );
}
