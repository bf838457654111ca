import { useId } from "react";
import { useFacets } from "../history/use-facets.ts";
import { useHistoryActions } from "../history/use-history-actions.ts";
import { channelLabel } from "../panel/interaction-names.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { formatCount } from "../ui/format.ts";
import { type TrialChoice, trialSizes } from "./trial-choice.ts";
import type { RehearsalView } from "./use-rehearsal.ts";

const words = workshopTexts.scope;

interface TrialScopeProps {
  readonly choice: TrialChoice;
  readonly trial: RehearsalView;
  readonly onChoose: (choice: TrialChoice) => void;
}

/** Which interactions the draft is tried on, and how much that was. */
export function TrialScope({ choice, trial: { rehearsed, current, fault }, onChoose }: TrialScopeProps) {
  const facets = useFacets(useHistoryActions());
  return (
    <section className="shop-scope" aria-label={words.label}>
      <Pick label={words.interactions} value={String(choice.interactions)} options={trialSizes.map((size) => [String(size), words.newest(formatCount(size))])} onPick={(value) => onChoose({ ...choice, interactions: Number(value) })} />
      <Part label={words.channel} value={choice.channel} names={facets?.channels ?? []} nameOf={channelLabel} onPick={(channel) => onChoose({ ...choice, channel })} />
      <Part label={words.queue} value={choice.queue} names={facets?.queues ?? []} onPick={(queue) => onChoose({ ...choice, queue })} />
      <output className="shop-tried" aria-busy={!current}>
        {!current ? words.trying : rehearsed === null || fault !== null ? "" : words.tried(formatCount(rehearsed.interactions), formatCount(rehearsed.utterances), formatCount(rehearsed.suggestions))}
      </output>
    </section>
  );
}

interface PartProps {
  readonly label: string;
  readonly value: string | null;
  readonly names: readonly string[];
  /** A name in the page's words; as it is unless given. */
  readonly nameOf?: (name: string) => string;
  readonly onPick: (name: string | null) => void;
}

/** One of the names that the history has; nothing where there is no choice. */
function Part({ label, value, names, nameOf, onPick }: PartProps) {
  if (names.length < 2 && value === null) return null;
  const options = names.map((name, index) => [String(index), nameOf?.(name) ?? name] as const);
  const chosen = value === null ? "" : String(names.indexOf(value));
  return <Pick label={label} value={chosen} options={[["", words.every], ...options]} onPick={(index) => onPick(index === "" ? null : (names[Number(index)] ?? null))} />;
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, options, onPick }: PickProps) {
  const id = useId();
  return (
    <span className="shop-pick">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
