import type { HistoryFacets } from "../../shared/history.ts";
import { channelLabel } from "../panel/interaction-names.ts";
import { usePanelState, useServices } from "../panel-context.tsx";
import { historyTexts } from "../texts/history-texts.ts";
import { MAX_OVERVIEW_DAYS } from "../../shared/overview-days.ts";
import type { PastFilter } from "./past-filter.ts";
import { dayText, type Period, type PeriodProblem } from "./period.ts";

const { filter: words } = historyTexts;

interface FilterBarProps {
  readonly filter: PastFilter;
  /** Null while they are not known. */
  readonly facets: HistoryFacets | null;
  /** Whether "any time" is among the periods. */
  readonly anyTime: boolean;
  readonly problem: PeriodProblem | null;
  readonly onChange: (filter: PastFilter) => void;
}

/** Period, channel, queue and agent. What has only one value is not asked about. */
export function FilterBar({ filter, facets, anyTime, problem, onChange }: FilterBarProps) {
  const { clock } = useServices();
  const supervisor = usePanelState(({ settings }) => settings.role === "supervisor");
  const { period } = filter;
  const choose = (next: Period): void => onChange({ ...filter, period: next });
  const range = period.kind === "range" ? period : null;
  return (
    <div className="past-filter" role="group" aria-label={words.label}>
      <div className="past-periods" role="group" aria-label={words.period}>
        {anyTime ? <PeriodChip name={words.any} pressed={period.kind === "any"} onPress={() => choose({ kind: "any" })} /> : null}
        {([1, 7, 30] as const).map((days) => (
          <PeriodChip key={days} name={words.days[days]} pressed={period.kind === "days" && period.days === days} onPress={() => choose({ kind: "days", days })} />
        ))}
        <PeriodChip
          name={words.range}
          pressed={range !== null}
          onPress={() => {
            if (range === null) choose({ kind: "range", from: dayText(clock.now(), -6), to: dayText(clock.now(), 0) });
          }}
        />
        {range === null ? null : (
          <span className="past-range">
            <input
              type="date"
              aria-label={words.from}
              aria-invalid={problem !== null}
              value={range.from}
              max={dayText(clock.now(), 0)}
              onChange={(event) => choose({ ...range, from: event.currentTarget.value })}
            />
            <span aria-hidden="true">–</span>
            <input type="date" aria-label={words.to} aria-invalid={problem !== null} value={range.to} max={dayText(clock.now(), 0)} onChange={(event) => choose({ ...range, to: event.currentTarget.value })} />
          </span>
        )}
      </div>
      <FacetField label={words.channel} any={words.anyChannel} values={facets?.channels ?? none} nameOf={channelLabel} value={filter.channel} onChange={(channel) => onChange({ ...filter, channel })} />
      <FacetField label={words.queue} any={words.anyQueue} values={facets?.queues ?? none} value={filter.queue} onChange={(queue) => onChange({ ...filter, queue })} />
      {supervisor ? <FacetField label={words.agent} any={words.anyAgent} values={facets?.agents ?? none} value={filter.agentId} onChange={(agentId) => onChange({ ...filter, agentId })} /> : null}
      {problem === null ? null : (
        <p className="past-problem" role="alert">
          {words.problems[problem](MAX_OVERVIEW_DAYS)}
        </p>
      )}
    </div>
  );
}

const none: readonly string[] = [];

function PeriodChip({ name, pressed, onPress }: { readonly name: string; readonly pressed: boolean; readonly onPress: () => void }) {
  return (
    <button type="button" className="filter" aria-pressed={pressed} onClick={onPress}>
      {name}
    </button>
  );
}

interface FacetFieldProps {
  readonly label: string;
  readonly any: string;
  readonly values: readonly string[];
  /** A value in the page's words; as it is unless given. */
  readonly nameOf?: (value: string) => string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** The first choice is "any"; the others are told by their place, as a value may be any text. */
function FacetField({ label, any, values, nameOf, value, onChange }: FacetFieldProps) {
  if (values.length < 2 && value === null) return null;
  const offered = value === null || values.includes(value) ? values : [value, ...values];
  return (
    <select className="past-select" aria-label={label} value={value === null ? -1 : offered.indexOf(value)} onChange={(event) => onChange(offered[Number(event.currentTarget.value)] ?? null)}>
      <option value={-1}>{any}</option>
      {offered.map((one, index) => (
        <option key={one} value={index}>
          {nameOf?.(one) ?? one}
        </option>
      ))}
    </select>
  );
}
