import { assertNever } from "../../shared/assert-never.ts";
import type { TryResult } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { formatTimeWithSeconds } from "../ui/format.ts";
import { FaultNote } from "../ui/note.tsx";
import { CodeBlock } from "./code-block.tsx";
import { formatBytes, formatMs } from "./row-words.ts";

const { try: words } = integrationTexts;

interface RunResultProps {
  readonly result: TryResult;
  /** When it came, ms since the Unix epoch. */
  readonly at: number;
}

/** The request as it went out, and what came back. */
export function RunResult({ result, at }: RunResultProps) {
  const { request, outcome, attempts, latencyMs } = result;
  const facts = [formatMs(latencyMs), words.attempts(attempts), formatTimeWithSeconds(at)];
  return (
    <>
      <section className="reply" aria-label={words.reply}>
        <h3>{words.reply}</h3>
        <p className="reply-facts" role="status">
          <StatusTag outcome={outcome} />
          {[...facts.slice(0, 2), ...(outcome.kind === "answered" ? [formatBytes(outcome.bytes)] : []), ...facts.slice(2)].map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        <Outcome outcome={outcome} />
      </section>
      <details className="fold" open>
        <summary>
          {words.request} <small>{words.requestHint}</small>
        </summary>
        <CodeBlock label={words.request} text={requestText(request)} />
      </details>
    </>
  );
}

function StatusTag({ outcome }: { readonly outcome: TryResult["outcome"] }) {
  const good = outcome.kind === "answered" && outcome.statusCode < 400;
  return (
    <span className="tag toned" data-tone={good ? "ok" : "bad"}>
      {outcome.statusCode === null ? words.noReply : words.answered(outcome.statusCode)}
    </span>
  );
}

function Outcome({ outcome }: { readonly outcome: TryResult["outcome"] }) {
  switch (outcome.kind) {
    case "answered":
      return (
        <>
          <details className="fold">
            <summary>{words.headers(outcome.headers.length)}</summary>
            <CodeBlock label={words.headers(outcome.headers.length)} text={headerLines(outcome.headers)} />
          </details>
          {outcome.body === "" ? <p className="hint">{words.emptyBody}</p> : <CodeBlock label={words.body} text={outcome.body} tall />}
          {outcome.cut ? <p className="hint">{words.cut(formatBytes(outcome.bytes))}</p> : null}
        </>
      );
    case "failed":
      return (
        <>
          <FaultNote title={outcome.statusCode === null ? "" : words.statusFailed(outcome.statusCode)} fault={outcome.fault} />
          {outcome.body === null || outcome.body === "" ? null : <CodeBlock label={words.body} text={outcome.body} tall />}
        </>
      );
    default:
      return assertNever(outcome);
  }
}

function headerLines(headers: TryResult["request"]["headers"]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

function requestText({ method, url, headers, body }: TryResult["request"]): string {
  return `${method} ${url}\n${headerLines(headers)}\n\n${body ?? words.noBody}`;
}
