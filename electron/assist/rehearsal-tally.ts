import type { InteractionRecord } from "../../shared/history.ts";
import { MAX_LISTED_CHANGES, type Rehearsed, type RuleChange } from "../../shared/workshop.ts";
import type { CompiledRules } from "./compiled-rules.ts";
import { rehearse } from "./rehearse.ts";

export interface RehearsalTally {
  /** The newest interaction first. */
  take(record: InteractionRecord): void;
  result(): Omit<Rehearsed, "tookMs">;
}

/** Counts what rules would have changed (`rehearse` says what that is), and lists the newest of it. */
export function createRehearsalTally(tried: CompiledRules, standing: CompiledRules | null): RehearsalTally {
  const counts: Record<RuleChange["kind"], number> = { withheld: 0, triggered: 0, untriggered: 0, loosened: 0 };
  const used = { withheld: 0, untriggered: 0 };
  const changes: RuleChange[] = [];
  let interactions = 0;
  let utterances = 0;
  let suggestions = 0;
  let masked = 0;

  return {
    take(record) {
      const found = rehearse(record, tried, standing);
      interactions += 1;
      utterances += record.utterances.length;
      suggestions += found.suggestions;
      masked += found.masked;
      for (const { change, marks } of found.changes.toReversed()) {
        counts[change.kind] += 1;
        if (change.kind === "withheld" && change.used) used.withheld += 1;
        if (change.kind === "untriggered") used.untriggered += change.used;
        if (counts[change.kind] <= MAX_LISTED_CHANGES) changes.push({ ...change, marks: marks() });
      }
    },
    result: () => ({ interactions, utterances, suggestions, masked, counts: { ...counts }, used: { ...used }, changes: [...changes] }),
  };
}
