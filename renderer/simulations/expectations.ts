import type { Check, ExpectedOutcome, JsonValue } from "../../shared/simulation.ts";

/** Something that a case expects, in words, before it is known what became of it. */
export interface Expectation {
  readonly kind: Check["kind"];
  readonly name?: string;
  readonly expected: string;
}

/** What a case expects, in the order in which it is checked (contract 5.4). */
export function expectations({ intent, entities, next_flow: nextFlow, response_contains: contains }: ExpectedOutcome): readonly Expectation[] {
  return [
    { kind: "intent", expected: intent },
    ...Object.entries(entities).map(([name, value]): Expectation => ({ kind: "entity", name, expected: valueWords(value) })),
    ...(nextFlow === undefined ? [] : [{ kind: "next_flow", expected: nextFlow } as const]),
    ...(contains === undefined ? [] : [{ kind: "response_contains", expected: contains } as const]),
  ];
}

/** A value as it is read: a text as it is, anything else as JSON. */
export function valueWords(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
