import type { RefObject } from "react";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { Chip } from "../ui/chip.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { MatterButtons } from "./matter-buttons.tsx";
import { MatterOutcomeLine } from "./matter-outcome.tsx";
import { everyMatter, type Matter, type MatterKind, type MatterQuery, reasonsOf } from "./matters.ts";
import type { MatterOrder, MatterOutcome } from "./use-matter-commands.ts";

const { matters: words } = bridgeViewTexts;
const kinds = ["dead", "uncertain"] as const satisfies readonly MatterKind[];

interface MatterBarProps {
  readonly view: BridgeView;
  readonly kind: MatterKind;
  readonly all: readonly Matter[];
  readonly shown: number;
  readonly query: MatterQuery;
  readonly chosenIds: readonly string[];
  readonly search: RefObject<HTMLInputElement | null>;
  readonly outcome: MatterOutcome;
  readonly onKind: (kind: MatterKind) => void;
  readonly onQuery: (query: MatterQuery) => void;
  /** From the search field down into the table. */
  readonly onDown: () => void;
  readonly onOrder: (order: MatterOrder) => void;
}

/** Above the table: which of them are shown, and what is done with those that are chosen. */
export function MatterBar({ view, kind, all, shown, query, chosenIds, search, outcome, onKind, onQuery, onDown, onOrder }: MatterBarProps) {
  const counts = { dead: view.deadLetters.count, uncertain: view.uncertain.count };
  return (
    <div className="matter-bar">
      <div className="matter-kinds" role="group" aria-label={words.which}>
        {kinds.map((one) => (
          <Chip key={one} name={words.kinds[one]} hint={words.hints[one]} count={counts[one]} pressed={one === kind} onPress={() => onKind(one)} />
        ))}
      </div>
      <MatterButtons kind={kind} count={counts[kind]} chosenIds={chosenIds} busy={outcome.kind === "under way"} onOrder={onOrder} />
      <div className="matter-find">
        <SearchField
          field={search}
          label={words.search}
          hint={words.searchHint}
          words={query.words}
          found={words.shown(shown, all.length)}
          onWords={(text) => onQuery({ ...query, words: text })}
          onDown={onDown}
        />
        <select
          className="matter-reason"
          aria-label={kind === "dead" ? words.reason : words.from}
          value={query.reason ?? ""}
          onChange={(event) => onQuery({ ...query, reason: event.currentTarget.value === "" ? everyMatter.reason : event.currentTarget.value })}
        >
          <option value="">{kind === "dead" ? words.anyReason : words.anyFrom}</option>
          {reasonsOf(all).map(({ reason, count }) => (
            <option key={reason} value={reason}>
              {words.reasonCount(reason, count)}
            </option>
          ))}
        </select>
      </div>
      <MatterOutcomeLine outcome={outcome} place={null} chosen={chosenIds.length} />
    </div>
  );
}
