import { Search, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useMemo } from "react";
import type { CaseRow } from "../../shared/simulation-view.ts";
import type { Comparison } from "../../shared/simulation.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { type CaseFilter, type CaseQuery, type ComparedFilter, countStates } from "./arrangement.ts";

const { filter: words, figure, states } = simulationTexts;
const offered = ["failed", "flaky", "inconclusive", "error", "passed", "running", "waiting"] as const satisfies readonly CaseRow["state"][];
const compared = ["broken", "mended", "added", "removed"] as const satisfies readonly ComparedFilter[];

interface CaseFilterBarProps {
  readonly rows: readonly CaseRow[];
  readonly shown: number;
  readonly query: CaseQuery;
  readonly comparison: Comparison | null;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Whether results have come in that would stand elsewhere. */
  readonly unsorted: boolean;
  readonly onQuery: (query: CaseQuery) => void;
  readonly onArrange: () => void;
  /** From the search field down into the table. */
  readonly onDown: () => void;
}

/** What the table shows: words, a verdict, what changed since the baseline, or the cases behind a number. */
export function CaseFilterBar({ rows, shown, query, comparison, search, unsorted, onQuery, onArrange, onDown }: CaseFilterBarProps) {
  const counts = useMemo(() => countStates(rows), [rows]);
  const { filter } = query;
  const choose = (next: CaseFilter): void => onQuery({ ...query, filter: next });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      onDown();
    }
    if (event.key === "Escape") {
      event.preventDefault();
      if (query.words === "") event.currentTarget.blur();
      else onQuery({ ...query, words: "" });
    }
  };
  const notPassed = counts.failed + counts.flaky + counts.inconclusive + counts.error;
  return (
    <div className="case-filter" role="group" aria-label={words.label}>
      <div className="search">
        <Search size={16} strokeWidth={1.5} aria-hidden="true" />
        <input
          ref={search}
          type="search"
          aria-label={words.search}
          aria-keyshortcuts="/"
          placeholder={words.searchHint}
          value={query.words}
          onChange={(event) => onQuery({ ...query, words: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="filters">
        <Chip name={words.all} count={rows.length} pressed={filter.kind === "all"} onPress={() => choose({ kind: "all" })} />
        <Chip
          name={words.notPassed}
          count={notPassed}
          pressed={filter.kind === "state" && filter.state === "not passed"}
          onPress={() => choose({ kind: "state", state: "not passed" })}
        />
        {offered.map((state) => (
          <Chip
            key={state}
            name={states[state]}
            count={counts[state]}
            pressed={filter.kind === "state" && filter.state === state}
            onPress={() => choose({ kind: "state", state })}
          />
        ))}
        {comparison === null ? null : (
          <>
            <span className="filters-since">{words.since}</span>
            {compared.map((which) => (
              <Chip
                key={which}
                name={words.compared[which]}
                hint={words.comparedHints[which]}
                count={comparison[which].length}
                pressed={filter.kind === "compared" && filter.which === which}
                onPress={() => choose({ kind: "compared", which })}
              />
            ))}
          </>
        )}
        {filter.kind === "cases" ? (
          <span className="filter filter-cases">
            {words.ofFlow(filter.name)}
            <IconButton icon={X} label={words.clear(filter.name)} onClick={() => choose({ kind: "all" })} />
          </span>
        ) : null}
      </div>
      <div className="filter-end">
        {unsorted ? (
          <button type="button" className="quiet-button" title={words.arrangeHint} onClick={onArrange}>
            {words.arrange}
          </button>
        ) : null}
        <span>{words.shown(shown, rows.length)}</span>
      </div>
    </div>
  );
}

interface ChipProps {
  readonly name: string;
  readonly count: number;
  readonly pressed: boolean;
  readonly hint?: string;
  readonly onPress: () => void;
}

/** One choice. It stays in its place when it stands for nothing, so that the next one is not under the pointer instead. */
function Chip({ name, count, pressed, hint, onPress }: ChipProps) {
  return (
    <button type="button" className="filter" aria-pressed={pressed} data-empty={count === 0} title={hint} onClick={onPress}>
      {name} <span>{figure(count)}</span>
    </button>
  );
}
