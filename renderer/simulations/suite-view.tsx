import { FlaskConical } from "lucide-react";
import { useState } from "react";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { CaseArea } from "./case-area.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { Notes } from "./notes.tsx";
import { ProblemList } from "./problem-list.tsx";
import { StatusLine } from "./status-line.tsx";
import { SuiteButton } from "./suite-button.tsx";
import { SuiteHeader } from "./suite-header.tsx";
import { useBatchControl } from "./use-batch-control.ts";
import type { SuiteUpload } from "./use-suite-upload.ts";

const { suite: words, empty, problems: problemWords } = simulationTexts;

interface SuiteViewProps {
  readonly view: SimulationsView;
  readonly suiteUpload: SuiteUpload;
}

/** The suite that was chosen: what is wrong with it, or what came of it; and how to choose one. */
export function SuiteView({ view, suiteUpload }: SuiteViewProps) {
  const control = useBatchControl();
  const { suite, problems, work } = view;
  /** The problems that were put aside to look at the cases. */
  const [aside, setAside] = useState<string | null>(null);
  const named = problems === null ? null : `${problems.file} ${problems.count} ${problems.list[0]?.message ?? ""}`;
  const showProblems = problems !== null && problems.count > 0 && (suite === null || named !== aside);
  const content = () => {
    if (showProblems) {
      return (
        <ProblemList
          problems={problems}
          actions={
            <>
              <SuiteButton label={problemWords.again} prominent onFiles={suiteUpload.send} />
              {suite === null ? null : (
                <button type="button" className="button" onClick={() => setAside(named)}>
                  {problemWords.back}
                </button>
              )}
            </>
          }
        />
      );
    }
    if (suite === null) {
      return (
        <Blank icon={FlaskConical} title={empty.title}>
          <p>{empty.hint}</p>
          <div className="blank-actions">
            <SuiteButton label={words.choose} prominent onFiles={suiteUpload.send} />
            <button type="button" className="button" onClick={suiteUpload.useExample}>
              {words.example}
            </button>
          </div>
        </Blank>
      );
    }
    return (
      <>
        <KeyFigures view={view} work={work} />
        <StatusLine view={view} work={work} />
        <CaseArea key={`${suite.file} ${suite.name}`} view={view} />
      </>
    );
  };
  return (
    <div className="suite">
      <SuiteHeader view={view} control={control} suiteUpload={suiteUpload} />
      {content()}
      <Notes view={view} control={control} upload={suiteUpload.upload} />
    </div>
  );
}
