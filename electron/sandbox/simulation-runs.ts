import type { BotTurn, Conversation } from "./flow-bot.ts";
import type { SandboxClock } from "./sandbox-clock.ts";

/** More simulations than this are not kept; the oldest go first. */
const MAX_RUNS = 20_000;
/** A simulation takes at least this long; the rest is spread over so many steps, by its number. */
const SHORTEST_MS = 120;
const STEP_MS = 40;
const STEPS = 11;
/** The steps are taken in another order than that of the numbers, so that neighbours do not end one after the other. */
const STRIDE = 7;
/** How much of its time a simulation waits before it runs. */
const QUEUED_SHARE = 0.3;

/** How a simulation is begun. */
export interface Beginning {
  readonly conversation: Conversation;
  /** On top of what it takes anyway, ms. */
  readonly extraMs: number;
  readonly fate: "ends" | "endless" | "lost";
}

/** A simulation as far as it has come. */
export type RunState =
  | { readonly status: "queued" | "running" }
  | { readonly status: "completed" | "failed"; readonly turns: readonly BotTurn[] };

/** The simulations that were begun. */
export interface SimulationRuns {
  /** Begins one and gives its id; the same id again for a `key` that began one before (empty: no key). */
  begin(key: string, make: () => Beginning): string;
  /** How far it has come; null where the id is not known. Once it was told as ended it no longer counts as open. */
  look(id: string): RunState | null;
  begun(): number;
  /** Begun, and their end not told yet. */
  open(): number;
  mostOpen(): number;
}

interface Run {
  readonly beginning: Beginning;
  readonly startedAt: number;
  readonly takesMs: number;
}

/** Keeps simulations; they come to their end by the clock alone, so nothing has to be closed. */
export function createSimulationRuns(clock: SandboxClock): SimulationRuns {
  const runs = new Map<string, Run>();
  const idOfKey = new Map<string, string>();
  const open = new Set<string>();
  let begun = 0;
  let mostOpen = 0;

  return {
    begin(key, make) {
      const before = key === "" ? undefined : idOfKey.get(key);
      if (before !== undefined) return before;
      begun += 1;
      const id = `sim-${String(begun)}`;
      const beginning = make();
      const takesMs = SHORTEST_MS + ((begun * STRIDE) % STEPS) * STEP_MS + beginning.conversation.thinksMs + beginning.extraMs;
      runs.set(id, { beginning, startedAt: clock.monotonic(), takesMs });
      open.add(id);
      mostOpen = Math.max(mostOpen, open.size);
      if (key !== "") idOfKey.set(key, id);
      forgetOldest(runs, (oldest) => open.delete(oldest));
      forgetOldest(idOfKey, () => undefined);
      return id;
    },
    look(id) {
      const run = runs.get(id);
      if (run === undefined || run.beginning.fate === "lost") {
        open.delete(id);
        return null;
      }
      const elapsed = clock.monotonic() - run.startedAt;
      if (elapsed < run.takesMs * QUEUED_SHARE) return { status: "queued" };
      if (elapsed < run.takesMs || run.beginning.fate === "endless") return { status: "running" };
      open.delete(id);
      return run.beginning.conversation;
    },
    begun: () => begun,
    open: () => open.size,
    mostOpen: () => mostOpen,
  };
}

function forgetOldest(map: Map<string, unknown>, onForget: (key: string) => void): void {
  const oldest = map.keys().next();
  if (map.size <= MAX_RUNS || oldest.done === true) return;
  map.delete(oldest.value);
  onForget(oldest.value);
}
