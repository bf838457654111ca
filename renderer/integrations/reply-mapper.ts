import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { MapInput, Mapped } from "../../shared/integration-view.ts";
import type { Result } from "../../shared/result.ts";
import { createNewestAnswer } from "./newest-answer.ts";

/** What a mapping makes of a reply. */
export type GoodMapping = Extract<Mapped, { kind: "mapped" }>;

/** Why there is no result for what is written now. */
export type MappingTrouble = { readonly kind: "none" } | { readonly kind: "refused"; readonly message: string; readonly path: string } | { readonly kind: "failed"; readonly fault: Fault };

/**
 * A reply and what the mapping makes of it. `good`: the last result there was; it is out of date while there is trouble.
 * `asking`: what is written is newer than what is shown.
 */
export interface MappingState {
  readonly source: MapInput["source"] | null;
  readonly good: GoodMapping | null;
  readonly trouble: MappingTrouble;
  readonly asking: boolean;
}

export const noMapping: MappingState = { source: null, good: null, trouble: { kind: "none" }, asking: false };

const MAP_AFTER_MS = 150;

/** How a reply is mapped: as the definition says now. */
export type MappingWords = Omit<MapInput, "source">;

export interface ReplyMapper {
  /** Maps another reply, at once. `known`: what is known of it already. */
  readonly choose: (source: MapInput["source"] | null, words: MappingWords, known: Mapped | null) => void;
  /** The expression has changed: maps once nobody types. */
  readonly changed: (words: MappingWords) => void;
  readonly stop: () => void;
}

interface ReplyMapperPorts {
  readonly clock: Clock;
  readonly map: (input: MapInput) => Promise<Result<Mapped, Fault>>;
  readonly state: () => MappingState;
  readonly told: (state: MappingState) => void;
}

/** Maps the reply that was chosen again and again as the expression is written. */
export function createReplyMapper({ clock, map, state, told }: ReplyMapperPorts): ReplyMapper {
  const asked = createNewestAnswer<MapInput, Result<Mapped, Fault>>({
    clock,
    delayMs: MAP_AFTER_MS,
    ask: map,
    take: (answer) => told(answer.ok ? withMapped(state(), answer.value) : { ...state(), trouble: { kind: "failed", fault: answer.error }, asking: false }),
  });
  return {
    choose(source, words, known) {
      asked.forget();
      const fresh: MappingState = { ...noMapping, source, asking: source !== null };
      told(known === null ? fresh : { ...withMapped(fresh, known), asking: true });
      if (source !== null) asked.now({ source, ...words });
    },
    changed(words) {
      const { source } = state();
      if (source === null) return;
      told({ ...state(), asking: true });
      asked.soon({ source, ...words });
    },
    stop: asked.forget,
  };
}

function withMapped(state: MappingState, mapped: Mapped): MappingState {
  if (mapped.kind === "mapped") return { ...state, good: mapped, trouble: { kind: "none" }, asking: false };
  return { ...state, trouble: mapped, asking: false };
}
