import "../ui/overview.css";
import "./health.css";
import { useState } from "react";
import type { HealthSubject as Subject } from "../../shared/health.ts";
import { createHealthActions } from "../health-actions.ts";
import { useActions } from "../panel-context.tsx";
import { healthTexts } from "../texts/health-texts.ts";
import { FaultNote } from "../ui/note.tsx";
import { ExportDiagnostics } from "./export-diagnostics.tsx";
import { answerOf, problemsIn } from "./health-answer.ts";
import { HealthAnswerBlock } from "./health-answer-block.tsx";
import { HealthBar } from "./health-bar.tsx";
import { bySubject } from "./health-lines.ts";
import { HealthSubject } from "./health-subject.tsx";
import { useHealthRun } from "./use-health-run.ts";

/** What the sheet "what is wrong" holds: the answer, every check by subject, and the file for whoever helps. */
export function HealthPage() {
  const { give } = useActions();
  const [actions] = useState(() => createHealthActions(give));
  const { view, refusal, run, stop } = useHealthRun(actions);
  const [opened, setOpened] = useState<Readonly<Partial<Record<Subject, boolean>>>>({});
  const answer = answerOf(view);
  const onTop = new Set(problemsIn(answer)[0]?.lines);
  return (
    <div className="health">
      {refusal === null ? null : <FaultNote title={healthTexts.answer.refused} fault={refusal} />}
      {refusal !== null && answer.kind === "unknown" ? null : <HealthAnswerBlock answer={answer} />}
      <HealthBar view={view} onRun={run} onStop={stop} />
      <section className="health-subjects" aria-label={healthTexts.list}>
        {bySubject(view.lines).map(({ subject, lines }) => (
          <HealthSubject
            key={subject}
            subject={subject}
            lines={lines}
            open={opened[subject] ?? null}
            onOpen={(open) => setOpened({ ...opened, [subject]: open })}
            onTop={onTop}
          />
        ))}
      </section>
      <p className="health-sent">{healthTexts.sent}</p>
      <ExportDiagnostics actions={actions} />
    </div>
  );
}
