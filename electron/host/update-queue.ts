import { assertNever } from "../../shared/assert-never.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";

/** Updates that wait for the next push, with those let go that a later one makes invisible. */
export interface UpdateQueue {
  /** Appends an update, or puts it in the place of one that it overwrites. */
  add(update: PanelUpdate): void;
  /** The waiting updates; those before `from` were read already. After this call nothing that was read changes. */
  read(from: number): readonly PanelUpdate[];
  size(): number;
  /** Empties the queue and gives what was in it. */
  take(): readonly PanelUpdate[];
}

/**
 * A queue of updates. What is read from it leads to the same state as everything that was put in, because an update
 * only takes the place of one that it overwrites whole, with nothing about its subject in between:
 * a connection's state, an interaction's particulars of the same status, an utterance's next form in the same place.
 */
export function createUpdateQueue(): UpdateQueue {
  let updates: PanelUpdate[] = [];
  /** Where the last update about a subject stands in `updates`. */
  const lastOf = new Map<string, number>();
  let readUpTo = 0;
  /**
   * Where the last update stands that opened or closed an interaction. It may have let another one go, or made room
   * for one that found none, so the same interaction's update before and after it are not the same.
   */
  let lastOpening = -1;

  return {
    add(update) {
      const subject = subjectOf(update);
      if (subject === null) {
        updates.push(update);
        return;
      }
      const index = lastOf.get(subject);
      const before = index === undefined || index < readUpTo ? undefined : updates[index];
      const undisturbed = update.kind !== "interaction" || index === lastOpening;
      if (index !== undefined && before !== undefined && undisturbed && overwrites(update, before)) {
        updates[index] = update;
        return;
      }
      lastOf.set(subject, updates.length);
      if (update.kind === "interaction" || update.kind === "interaction-closed") lastOpening = updates.length;
      updates.push(update);
    },
    read(from) {
      readUpTo = updates.length;
      return from === 0 ? updates : updates.slice(from);
    },
    size: () => updates.length,
    take() {
      const taken = updates;
      updates = [];
      readUpTo = 0;
      lastOpening = -1;
      lastOf.clear();
      return taken;
    },
  };
}

/** What the update is about; updates of different subjects do not touch each other's part of the state. */
function subjectOf(update: PanelUpdate): string | null {
  switch (update.kind) {
    case "connection":
      return `connection ${update.name}`;
    case "settings":
    case "tunnel":
    case "simulations":
    case "bridge":
    case "integrations":
    case "desktop":
    case "health":
    case "focus":
    case "attention":
    case "practice":
    case "setup":
      return update.kind;
    case "simulation-rows":
    case "simulation-row-changes":
      return "simulation rows";
    case "interaction":
      return `interaction ${update.interaction.id}`;
    case "set":
      return `interaction ${update.set.interactionId}`;
    case "interaction-closed":
    case "utterance":
    case "pending":
    case "card":
    case "bridged":
      return `interaction ${update.interactionId}`;
    case "notice":
    case "notice-cleared":
      return null;
    default:
      return assertNever(update);
  }
}

function overwrites(next: PanelUpdate, before: PanelUpdate): boolean {
  switch (next.kind) {
    case "connection":
    case "settings":
    case "tunnel":
    case "simulations":
    case "simulation-rows":
    case "bridge":
    case "bridged":
    case "integrations":
    case "desktop":
    case "health":
    case "focus":
    case "attention":
    case "practice":
    case "setup":
      return before.kind === next.kind;
    case "interaction":
      // The status decides who leaves when there are too many interactions, so it is not skipped over.
      return before.kind === "interaction" && before.interaction.status === next.interaction.status;
    case "utterance":
      return (
        before.kind === "utterance" &&
        before.utterance.id === next.utterance.id &&
        before.utterance.sequence === next.utterance.sequence
      );
    case "interaction-closed":
    case "pending":
    case "set":
    case "card":
    case "notice":
    case "notice-cleared":
    case "simulation-row-changes":
      return false;
    default:
      return assertNever(next);
  }
}
