import { ChevronRight } from "lucide-react";
import { memo } from "react";
import { describeFault } from "../texts/fault-words.ts";
import type { HealthLine } from "../../shared/health.ts";
import { healthTexts } from "../texts/health-texts.ts";
import { isLineOf, outcomeOf, type SubjectLines, tookMs } from "./health-lines.ts";
import { HealthMark } from "./health-mark.tsx";
import { HealthRemedies } from "./health-remedies.tsx";
import { lineWords, subjectWords, tookWords } from "./health-words.ts";

interface HealthSubjectProps extends SubjectLines {
  /** As the person has set it; null: as it comes, open where something is bad or doubtful. */
  readonly open: boolean | null;
  readonly onOpen: (open: boolean) => void;
  /** The lines that the answer on top is about: why and what to do stand there. */
  readonly onTop: ReadonlySet<HealthLine>;
}

/** The checks of one subject: one line where all is well, all lines where something is not. */
export function HealthSubject({ subject, lines, open, onOpen, onTop }: HealthSubjectProps) {
  const kind = outcomeOf(lines);
  const isOpen = open ?? (kind === "bad" || kind === "doubtful");
  return (
    <details className="health-subject" open={isOpen}>
      <summary
        onClick={(event) => {
          event.preventDefault();
          onOpen(!isOpen);
        }}
      >
        <HealthMark kind={kind} />
        <h4>{healthTexts.subjects[subject]}</h4>
        <span className="health-counts">{subjectWords(lines)}</span>
        <ChevronRight className="health-chevron" size={14} strokeWidth={1.5} aria-hidden="true" />
      </summary>
      <ul>
        {lines.map((line) => (
          <HealthLineItem key={`${line.check} ${line.target ?? ""}`} line={line} isOnTop={onTop.has(line)} />
        ))}
      </ul>
    </details>
  );
}

interface HealthLineItemProps {
  readonly line: HealthLine;
  readonly isOnTop: boolean;
}

const HealthLineItem = memo(function HealthLineItem({ line, isOnTop }: HealthLineItemProps) {
  const { check, target, outcome, subject } = line;
  const took = tookMs(line);
  return (
    <li className="health-line" data-kind={outcome.kind}>
      <HealthMark kind={outcome.kind} />
      <div className="health-line-words">
        <p className="health-check">
          {healthTexts.checks[check]} {target === null ? null : <code>{target}</code>}
        </p>
        {isOnTop ? <FoundHere line={line} /> : <LineDetails line={line} />}
        {outcome.kind === "bad" && !isOnTop ? <HealthRemedies subjects={[subject]} /> : null}
        {outcome.kind === "doubtful" && subject === "configuration" ? <HealthRemedies subjects={[subject]} /> : null}
      </div>
      <p className="health-outcome">
        {healthTexts.outcomes[outcome.kind]}
        {took === null ? null : <span> {tookWords(took)}</span>}
      </p>
    </li>
  );
});

function LineDetails({ line }: { readonly line: HealthLine }) {
  const { found, remedy } = lineWords(line);
  return (
    <>
      {found === "" ? null : <p>{found}</p>}
      {remedy === "" ? null : <p className="health-remedy">{remedy}</p>}
    </>
  );
}

/** What is this line's own of a problem that is told on top. */
function FoundHere({ line }: { readonly line: HealthLine }) {
  if (!isLineOf(line, "bad")) return <LineDetails line={line} />;
  const { fault } = line.outcome;
  const detail = fault.detail.trim();
  return (
    <p>
      {describeFault(fault).what} {detail === "" ? null : healthTexts.found(detail)}
    </p>
  );
}
