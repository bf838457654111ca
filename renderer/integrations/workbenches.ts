import type { Clock } from "../../shared/clock.ts";
import type { IntegrationActions } from "../integration-actions.ts";
import { createWorkbench, type Workbench } from "./workbench.ts";

/** The workbenches of this page: what was begun at one is found there again. */
export interface Workbenches {
  /** The workbench of an integration. `payload`: what the bot would send, to begin with. */
  readonly of: (key: string, payload?: string) => Workbench;
  /** Saves at once what is not saved anywhere, as when main is back or the page goes. */
  readonly flush: () => void;
  /** Forgets a workbench without saving what is there. */
  readonly drop: (key: string) => void;
}

/** Beyond this many the one that was left longest ago is forgotten, unless it has something unsaved. */
const MAX_KEPT = 20;

export function createWorkbenches(actions: IntegrationActions, clock: Clock): Workbenches {
  const kept = new Map<string, Workbench>();
  const drop = (key: string): void => {
    kept.get(key)?.stop();
    kept.delete(key);
  };
  return {
    drop,
    of(key, payload) {
      const known = kept.get(key);
      const workbench = known ?? createWorkbench({ key, actions, clock, payload: payload ?? null });
      kept.delete(key);
      kept.set(key, workbench);
      for (const [other, { store }] of kept) {
        if (kept.size <= MAX_KEPT) break;
        if (other !== key && store.getState().save.kind === "saved") drop(other);
      }
      return workbench;
    },
    flush() {
      for (const workbench of kept.values()) void workbench.flush();
    },
  };
}
