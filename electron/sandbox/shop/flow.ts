import type { EntityValue } from "./entity.ts";

/** What a conversation knows: the entities that were said, and the session's context beside them. */
export interface Facts {
  readonly entities: Readonly<Record<string, EntityValue>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * One step of a flow. In texts, `{name}` is that entity, or else that key of the context. `say` is a turn and goes on;
 * `ask` ends the conversation with a question where the entity is not known; `when` takes its own steps instead of the
 * rest where it holds; `go` goes on in another flow; `break` is a fault of the flow, with the platform's code and words.
 */
export type Step =
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "ask"; readonly entity: string; readonly text: string }
  | { readonly kind: "when"; readonly holds: (facts: Facts) => boolean; readonly steps: readonly Step[] }
  | { readonly kind: "go"; readonly flow: string }
  | { readonly kind: "break"; readonly code: string; readonly message: string };

/** A flow of the bot. `thinksMs` is what it takes longer than others. */
export interface Flow {
  readonly id: string;
  readonly deployed: boolean;
  readonly thinksMs: number;
  readonly steps: readonly Step[];
}
