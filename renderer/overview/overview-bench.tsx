import { ChartColumn, FolderSearch } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Overview } from "../../shared/overview.ts";
import { FilterBar } from "../history/filter-bar.tsx";
import type { PastFilter } from "../history/past-filter.ts";
import { useHistoryActions } from "../history/use-history-actions.ts";
import { useKeys } from "../panel/use-keys.ts";
import { usePanelState } from "../panel-context.tsx";
import { overviewTexts } from "../texts/overview-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { FaultNote } from "../ui/note.tsx";
import { OverviewContent } from "./overview-content.tsx";
import { OverviewExport } from "./overview-export.tsx";
import { OverviewHead } from "./overview-head.tsx";
import type { Figures } from "./overview-reader.ts";
import { useOverview } from "./use-overview.ts";

const { source: sourceWords, off, noTeam, nothing, nothingThen, failed, retry } = overviewTexts;

const lastMonth: PastFilter = { period: { kind: "days", days: 30 }, channel: null, queue: null, agentId: null };

type Source = Overview["query"]["source"];

/** The figures with what they are of. `systems`: the live state, which needs no history. */
export function OverviewBench({ systems }: { readonly systems: ReactNode }) {
  const actions = useHistoryActions();
  const supervisor = usePanelState(({ settings }) => settings.role === "supervisor");
  const [filter, setFilter] = useState<PastFilter>(lastMonth);
  const [chosen, setChosen] = useState<Source>("desk");
  // The team's figures are the supervisor's, also of a page that was a supervisor's a moment ago.
  const source = supervisor ? chosen : "desk";
  const { figures, asking, problem, again, query } = useOverview(actions, source, filter);
  const facets = figures.kind === "read" ? figures.overview.facets : null;
  useKeys((key) => {
    if (key !== "r") return false;
    again();
    return true;
  });
  return (
    <>
      <OverviewHead figures={figures} asking={asking} onAgain={again}>
        <OverviewExport actions={actions} query={query} disabled={figures.kind !== "read"} />
      </OverviewHead>
      {systems}
      <div className="over-which">
        {supervisor ? (
          <div className="over-source" role="group" aria-label={sourceWords.label}>
            {(["desk", "team"] as const).map((one) => (
              <button key={one} type="button" className="filter" aria-pressed={source === one} onClick={() => setChosen(one)}>
                {sourceWords[one]}
              </button>
            ))}
          </div>
        ) : null}
        <FilterBar filter={filter} facets={facets} anyTime={false} problem={problem} onChange={setFilter} />
      </div>
      <div className="over-figures" aria-busy={asking}>
        <FiguresOrWhyNot figures={figures} onAgain={again} onDesk={() => setChosen("desk")} onReset={() => setFilter(lastMonth)} />
      </div>
    </>
  );
}

interface FiguresOrWhyNotProps {
  readonly figures: Figures;
  readonly onAgain: () => void;
  readonly onDesk: () => void;
  readonly onReset: () => void;
}

function FiguresOrWhyNot({ figures, onAgain, onDesk, onReset }: FiguresOrWhyNotProps) {
  if (figures.kind === "none") return null;
  if (figures.kind === "failed") {
    const { query, fault } = figures;
    if (fault.code !== "not-found-here") {
      return (
        <FaultNote
          title={failed}
          fault={fault}
          action={
            <button type="button" className="button" onClick={onAgain}>
              {retry}
            </button>
          }
        />
      );
    }
    const isTeam = query.source === "team";
    const words = isTeam ? noTeam : off;
    return (
      <Blank icon={isTeam ? FolderSearch : ChartColumn} title={words.title}>
        <p>{words.hint}</p>
        <p>{words.how}</p>
        {isTeam ? (
          <button type="button" className="button" onClick={onDesk}>
            {noTeam.desk}
          </button>
        ) : null}
      </Blank>
    );
  }
  const { overview } = figures;
  if (overview.interactions > 0 || overview.total.sets > 0 || overview.leftOut.interactions > 0 || overview.unread.length > 0) return <OverviewContent overview={overview} />;
  if (overview.facets.interactions === 0 && overview.query.source === "desk") {
    return (
      <Blank icon={ChartColumn} title={nothing.title}>
        <p>{nothing.hint}</p>
      </Blank>
    );
  }
  return (
    <Blank icon={ChartColumn} title={nothingThen.title}>
      <p>{nothingThen.hint}</p>
      <button type="button" className="button" onClick={onReset}>
        {nothingThen.reset}
      </button>
    </Blank>
  );
}
