import { X } from "lucide-react";
import { type RefObject, useMemo } from "react";
import type { CaseRow } from "../../shared/simulation-view.ts";
import type { Comparison } from "../../shared/simulation.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { Chip } from "../ui/chip.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { type CaseFilter, type CaseQuery, type ComparedFilter, countStates } from "./arrangement.ts";

const { filter: words, states } = simulationTexts;
const verdicts = ["failed", "flaky", "inconclusive", "error", "passed"] as const satisfies readonly CaseRow["state"][];
const compared = ["broken", "mended", "added", "removed"] as const satisfies readonly ComparedFilter[];

interface CaseFilterBarProps {
  readonly rows: readonly CaseRow[];
  readonly shown: number;
  readonly query: CaseQuery;
  readonly comparison: Comparison | null;
  /** Where there is one its filters have their place, also before there is something to compare. */
  readonly hasBaseline: boolean;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onQuery: (query: CaseQuery) => void;
  /** From the search field down into the table. */
  readonly onDown: () => void;
}

/** What the table shows: words, a verdict, what changed since the baseline, or the cases behind a number. */
export function CaseFilterBar({ rows, shown, query, comparison, hasBaseline, search, onQuery, onDown }: CaseFilterBarProps) {
  const counts = useMemo(() => countStates(rows), [rows]);
  const { filter } = query;
  const choose = (next: CaseFilter): void => onQuery({ ...query, filter: next });
  const notPassed = counts.failed + counts.flaky + counts.inconclusive + counts.error;
  return (
    <div className="case-filter" role="group" aria-label={words.label}>
      <SearchField
        field={search}
        label={words.search}
        hint={words.searchHint}
        words={query.words}
        found={words.shown(shown, rows.length)}
        onWords={(text) => onQuery({ ...query, words: text })}
        onDown={onDown}
      />
      {hasBaseline || filter.kind === "cases" ? (
        <div className="filter-more">
          {hasBaseline ? (
            <>
              <span className="filters-since">{words.since}</span>
              {compared.map((which) => (
                <Chip
                  key={which}
                  name={words.compared[which]}
                  hint={words.comparedHints[which]}
                  count={comparison?.[which].length ?? null}
                  pressed={filter.kind === "compared" && filter.which === which}
                  onPress={() => choose({ kind: "compared", which })}
                />
              ))}
            </>
          ) : null}
          {filter.kind === "cases" ? (
            <span className="filter filter-cases">
              {words.ofFlow(filter.name)}
              <IconButton icon={X} label={words.clear(filter.name)} onClick={() => choose({ kind: "all" })} />
            </span>
          ) : null}
        </div>
      ) : null}
      <div className="filters">
        <Chip name={words.all} count={rows.length} pressed={filter.kind === "all"} onPress={() => choose({ kind: "all" })} />
        <Chip
          name={words.notPassed}
          count={notPassed}
          pressed={filter.kind === "state" && filter.state === "not passed"}
          onPress={() => choose({ kind: "state", state: "not passed" })}
        />
        {verdicts.map((state) => (
          <Chip
            key={state}
            name={states[state]}
            count={counts[state]}
            pressed={filter.kind === "state" && filter.state === state}
            onPress={() => choose({ kind: "state", state })}
          />
        ))}
        <Chip
          name={words.toCome}
          count={counts.waiting + counts.running}
          pressed={filter.kind === "state" && filter.state === "to come"}
          onPress={() => choose({ kind: "state", state: "to come" })}
        />
      </div>
    </div>
  );
}
