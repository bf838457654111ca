import { join } from "node:path";
import type { HealthOutcome } from "../../shared/health.ts";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import { newerVersionFault, versionInHeader } from "../files/file-version.ts";
import { englishWords } from "../words/en.ts";
import { bad, doubtful, good, skipped, stopwatch, type HealthWords } from "../health/outcome.ts";
import { migrations } from "../history/history-schema.ts";
import type { Clock } from "../../shared/clock.ts";
import type { BatchArchive } from "../history/batch-archive.ts";
import { redactText } from "../redaction/redact.ts";
import { HISTORY_FILE_NAME } from "./records.ts";

const MAX_SYSTEM_WORDS = 160;

/** Whether an open history answers; `archive` null where it could not be opened. */
export async function askHistory(archive: Pick<BatchArchive, "batches"> | null, clock: Clock, words: HealthWords = englishWords.health): Promise<HealthOutcome> {
  if (archive === null) return skipped(words.historyNotOpen);
  const took = stopwatch(clock);
  const answer = await archive.batches({ suite: "", limit: 1 });
  return answer.ok ? good(words.historyAnswers, took()) : bad(answer.error, took());
}

/**
 * What can be said of a history that is not open, without opening it: another Callside may be writing to it, and opening
 * alone leaves files beside it. Fault: `newer-file`.
 */
export async function lookAtHistory(dataFolder: string, size: (path: string) => Promise<number>): Promise<HealthOutcome> {
  const file = join(dataFolder, HISTORY_FILE_NAME);
  const bytes = await size(file).catch(() => null);
  const words = englishWords.health;
  if (bytes === null) return good(words.nothingKept);
  const version = versionInHeader(file);
  const newer = newerVersionFault("the history", file, version, migrations.length);
  if (newer !== null) return bad(newer);
  return version === 0 ? doubtful(words.historyOdd(bytes)) : good(words.historySize(bytes));
}

/** Which store keeps secrets: never a value, and no name either. */
export function secretsOutcome({ keptIn, why, rows }: Pick<IntegrationsView["secrets"], "keptIn" | "why" | "rows">, words: HealthWords = englishWords.health): HealthOutcome {
  const detail = why === null ? null : systemWords(why);
  if (keptIn === "key-store") return detail === null ? good(words.keyStore) : doubtful(words.keyStoreClosed(detail));
  return rows.some(({ source }) => source === "memory") ? doubtful(words.secretsInMemory(detail)) : good(words.noSecrets);
}

/** What a key store or its library said, as a detail for whoever helps: one short line, with nothing of a secret or a person in it. */
function systemWords(why: string): string {
  const line = redactText(why).replaceAll(/[\p{C}\s]+/gu, " ").trim();
  return line.length > MAX_SYSTEM_WORDS ? `${line.slice(0, MAX_SYSTEM_WORDS)}…` : line;
}

/** Where nothing that is on needs it, no key store is opened: it might ask for a password. */
export function secretsUnused(words: HealthWords = englishWords.health): HealthOutcome {
  return skipped(words.secretsUnused);
}
