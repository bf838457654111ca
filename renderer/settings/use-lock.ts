import { lockAt } from "../../shared/lock-at.ts";
import type { Lock } from "../../shared/settings.ts";
import { usePanelState } from "../panel-context.tsx";

/** What keeps a key of the configuration from being changed here; null: nothing. */
export function useLock(path: string | null): Lock | null {
  return usePanelState(({ settings }) => (path === null ? null : (lockAt(settings.locks, path) ?? null)));
}
