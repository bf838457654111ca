import type { Fault } from "../../shared/fault.ts";
import type { Suite, SuiteProblem } from "../../shared/simulation.ts";
import type { SimulateApi } from "./simulate-api.ts";

/** Whether a suite can be run on the bot as it is. `problems`: it expects entities that the bot does not have. */
export type Preflight =
  | { readonly kind: "ready" }
  | { readonly kind: "problems"; readonly problems: readonly SuiteProblem[] }
  | { readonly kind: "fault"; readonly fault: Fault };

const MAX_LISTED = 10;

/**
 * Looks at the bot before anything is sent to it (contract 5.2): its info and its entities at once. An expected entity
 * that it does not have (case-insensitive) is a problem of each case that expects it, named by its place in the suite;
 * `file` is what the problems are said to be in. The answer about the bot itself goes before that about its entities.
 */
export async function preflight({ suite, api, file, signal }: {
  readonly suite: Suite;
  readonly api: SimulateApi;
  readonly file: string;
  readonly signal: AbortSignal;
}): Promise<Preflight> {
  const [info, entities] = await Promise.all([api.info(signal), api.entities(signal)]);
  if (!info.ok) return { kind: "fault", fault: info.error };
  if (!entities.ok) return { kind: "fault", fault: entities.error };
  const problems = unknownEntities(suite, entities.value, file);
  return problems.length === 0 ? { kind: "ready" } : { kind: "problems", problems };
}

function unknownEntities(suite: Suite, names: readonly string[], file: string): readonly SuiteProblem[] {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const offered = offer(names);
  return suite.cases.flatMap(({ test_id: testId, expected_outcome: { entities } }, index) =>
    Object.keys(entities)
      .filter((name) => !known.has(name.toLowerCase()))
      .map((name) => ({
        file,
        line: null,
        column: null,
        field: `cases[${index}].expected_outcome.entities.${name}`,
        message: `${testId} expects the entity ${JSON.stringify(name)}, which the bot does not have; ${offered}`,
      })),
  );
}

function offer(names: readonly string[]): string {
  if (names.length === 0) return "it has none";
  const listed = names.toSorted().slice(0, MAX_LISTED).join(", ");
  return names.length > MAX_LISTED ? `it has ${listed} and ${names.length - MAX_LISTED} more` : `it has ${listed}`;
}
