import { join } from "node:path";
import type { HealthOutcome } from "../../shared/health.ts";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import { newerVersionFault, versionInHeader } from "../files/file-version.ts";
import { bad, doubtful, good, skipped, stopwatch } from "../health/outcome.ts";
import { migrations } from "../history/history-schema.ts";
import type { Clock } from "../../shared/clock.ts";
import type { BatchArchive } from "../history/batch-archive.ts";
import { HISTORY_FILE_NAME } from "./records.ts";

/** Whether an open history answers; `archive` null where it could not be opened. */
export async function askHistory(archive: Pick<BatchArchive, "batches"> | null, clock: Clock): Promise<HealthOutcome> {
  if (archive === null) return skipped("it is not open yet");
  const took = stopwatch(clock);
  const answer = await archive.batches({ suite: "", limit: 1 });
  return answer.ok ? good("opens and answers", took()) : bad(answer.error, took());
}

/**
 * What can be said of a history that is not open, without opening it: another Callside may be writing to it, and opening
 * alone leaves files beside it. Fault: `newer-file`.
 */
export async function lookAtHistory(dataFolder: string, size: (path: string) => Promise<number>): Promise<HealthOutcome> {
  const file = join(dataFolder, HISTORY_FILE_NAME);
  const bytes = await size(file).catch(() => null);
  if (bytes === null) return good("nothing is kept yet");
  const version = versionInHeader(file);
  const newer = newerVersionFault("the history", file, version, migrations.length);
  if (newer !== null) return bad(newer);
  const words = `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return version === 0 ? doubtful(`${words}, and not begun or not a history`, "Start Callside: it sets a damaged one aside and begins a new one.") : good(words);
}

/** Which store keeps secrets: never a value, and no name either. */
export function secretsOutcome({ keptIn, why, rows }: Pick<IntegrationsView["secrets"], "keptIn" | "why" | "rows">): HealthOutcome {
  if (keptIn === "key-store" && why === null) return good("kept in this system's key store");
  const reason = why ?? "this system offers no protected place";
  if (keptIn === "key-store") {
    return doubtful(`the key store of this system cannot be used now: ${reason}`, "Unlock it, or start Callside again.");
  }
  if (rows.some(({ source }) => source === "memory")) {
    return doubtful(`kept in memory until Callside ends: ${reason}`, "Set up or unlock the key store of this system, or give secrets as environment variables.");
  }
  return good(`nothing is kept; it would be in memory only: ${reason}`);
}

/** Where no integration can run, no key store is opened: it might ask for a password. */
export const secretsUnused: HealthOutcome = skipped("integrations are off, and only they keep secrets");
