import { join } from "node:path";
import { assertNever } from "../../shared/assert-never.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { verifyAudit } from "../audit/verify.ts";
import type { Config } from "../config/complete-config.ts";
import type { Diagnostics } from "../diagnostics/diagnostics.ts";
import { historyRows } from "../diagnostics/history-rows.ts";
import type { FilePort } from "../files/file-port.ts";
import { HISTORY_FILE_NAME } from "./records.ts";

/** Beyond it a check of the whole chain would keep a person waiting; the command line does it. */
const MAX_CHECKED_BYTES = 200 * 1024 * 1024;

/** Whether the audit file is whole so far, and its size; none of its lines. */
export async function auditFigures(section: Config["audit"], files: Pick<FilePort, "list" | "size">): Promise<Diagnostics["audit"]> {
  if (section === undefined) return { kind: "off" };
  const { directory } = section;
  const names = (await files.list(directory).catch(() => [])).filter((name) => name.endsWith(".jsonl"));
  const sizes = await Promise.all(names.map((name) => files.size(join(directory, name)).catch(() => 0)));
  const size = { files: names.length, bytes: sizes.reduce((sum, one) => sum + one, 0) };
  if (size.bytes > MAX_CHECKED_BYTES) return { kind: "not-checked", why: "it is too large to be checked while somebody waits; callside audit verify does it", ...size };
  const verdict = await verifyAudit(directory);
  switch (verdict.kind) {
    case "whole":
      return { kind: "whole", entries: verdict.entries, ...size };
    case "broken":
      return { kind: "broken", file: verdict.file, line: verdict.line, ...size };
    case "unreadable":
      return { kind: "not-checked", why: verdict.reason, ...size };
    default:
      return assertNever(verdict);
  }
}

/** How much the history holds, and the panel: counts alone. */
export async function historyFigures(dataFolder: string, state: Pick<PanelState, "interactions">, files: Pick<FilePort, "size">): Promise<Diagnostics["history"]> {
  const file = join(dataFolder, HISTORY_FILE_NAME);
  const bytes = await files.size(file).catch(() => null);
  const sum = (of: (view: PanelState["interactions"][number]) => number): number => state.interactions.reduce((total, view) => total + of(view), 0);
  return {
    bytes,
    rows: bytes === null ? {} : historyRows(file),
    interactionsOnPanel: state.interactions.length,
    utterancesOnPanel: sum((view) => view.utterances.length),
    suggestionsOnPanel: sum((view) => view.sets.reduce((total, { set }) => total + set.suggestions.length, 0)),
  };
}
