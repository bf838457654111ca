import "../ui/overview.css";
import "./practice.css";
import { GraduationCap } from "lucide-react";
import { useState } from "react";
import type { PracticeView } from "../../shared/practice.ts";
import { Banners } from "../panel/banners.tsx";
import { usePanelState } from "../panel-context.tsx";
import { practiceTexts } from "../texts/practice-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { CallChoice } from "./call-choice.tsx";
import { PracticeCourse } from "./practice-course.tsx";
import { lastScoreOf } from "./practice-orders.ts";
import { ScoreCard } from "./score-card.tsx";
import { ScoreTable } from "./score-table.tsx";

const { title, hint, none } = practiceTexts;

/** Where a new agent chooses what to practise, and reads how it went. */
export function PracticePage() {
  const view = usePanelState((state) => state.practice);
  return (
    <main className="practice">
      <Banners />
      {view === null ? (
        <Blank level={1} icon={GraduationCap} title={none.title}>
          <p>{none.hint}</p>
        </Blank>
      ) : (
        <PracticeBody view={view} />
      )}
    </main>
  );
}

/** Which score is read: the last one comes by itself, until it is closed or another is opened. */
type Reading = { readonly kind: "last" } | { readonly kind: "one"; readonly id: string } | { readonly kind: "closed"; readonly last: string | null };

function PracticeBody({ view }: { readonly view: PracticeView }) {
  const [reading, setReading] = useState<Reading>({ kind: "last" });
  const last = lastScoreOf(view);
  const scoreId = reading.kind === "one" ? reading.id : reading.kind === "closed" && reading.last === (last?.id ?? null) ? null : (last?.id ?? null);
  const score = view.scores.find(({ id }) => id === scoreId) ?? null;
  return (
    <div className="practice-body">
      <header className="practice-head">
        <h1>{title}</h1>
        <p>{hint}</p>
      </header>
      <PracticeCourse view={view} />
      {score === null ? null : <ScoreCard key={score.id} view={view} score={score} asked={reading.kind === "one"} onClose={() => setReading({ kind: "closed", last: last?.id ?? null })} />}
      <CallChoice view={view} onBegun={() => setReading({ kind: "last" })} />
      <ScoreTable view={view} opened={score?.id ?? null} onOpen={(id) => setReading({ kind: "one", id })} />
    </div>
  );
}
