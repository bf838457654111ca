import type { CaseResult, Coverage, Hits, Suite } from "../../shared/simulation.ts";
import { visitedFlows } from "./verdict.ts";

interface Tally {
  /** `key` makes names equal that are meant to be; the spelling seen first is shown. */
  add(name: string, testId: string, key?: string): void;
  /** In the order of the names' first appearance; `hits` counts cases. */
  all(): readonly Hits[];
  of(name: string): Hits;
}

/**
 * What a batch exercised (contract 5.4). `share` is the part of the suite's expected flows that at least one case
 * visited, however the case ended; hits count cases, not turns. Intents and entities are those that the bot reported,
 * not those that were hoped for. `liveFlows`: what live interactions touched, where that is known. Pure.
 */
export function coverageOf(suite: Suite, results: readonly CaseResult[], liveFlows?: readonly string[]): Coverage {
  const [flows, intents, entities] = [createTally(), createTally(), createTally()];
  for (const { testId, turns } of results) {
    for (const flow of visitedFlows(turns)) flows.add(flow, testId);
    for (const turn of turns) {
      if (turn.intent !== null) intents.add(turn.intent, testId);
      for (const name of Object.keys(turn.entities ?? {})) entities.add(name, testId, name.toLowerCase());
    }
  }
  const expected = [...new Set(suite.expected_flows)];
  const wanted = new Set(expected);
  const hits = expected.map((name) => flows.of(name));
  const missing = hits.filter((flow) => flow.hits === 0).map(({ name }) => name);
  return {
    share: expected.length === 0 ? null : (expected.length - missing.length) / expected.length,
    flows: hits,
    missing,
    unexpected: mostFirst(flows.all().filter(({ name }) => !wanted.has(name))),
    intents: mostFirst(intents.all()),
    entities: mostFirst(entities.all()),
    untested: liveFlows === undefined ? null : [...new Set(liveFlows)].filter((flow) => flows.of(flow).hits === 0),
  };
}

function createTally(): Tally {
  const names = new Map<string, { readonly name: string; readonly cases: Set<string> }>();
  const hitsOf = ({ name, cases }: { readonly name: string; readonly cases: ReadonlySet<string> }): Hits => ({ name, hits: cases.size, cases: [...cases] });
  return {
    add(name, testId, key = name) {
      const entry = names.get(key) ?? { name, cases: new Set() };
      entry.cases.add(testId);
      names.set(key, entry);
    },
    all: () => [...names.values()].map(hitsOf),
    of: (name) => hitsOf(names.get(name) ?? { name, cases: new Set() }),
  };
}

function mostFirst(hits: readonly Hits[]): readonly Hits[] {
  return hits.toSorted((one, other) => other.hits - one.hits || (one.name < other.name ? -1 : 1));
}
