import { join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { BatchSummary } from "../../shared/simulation.ts";
import type { ExportFormat } from "../../shared/simulation-view.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";

const ENDINGS = { junit: "junit.xml", json: "json", html: "html" } as const satisfies Record<ExportFormat, string>;
const MAX_NAME = 60;
const MAX_ID = 12;

/**
 * The name of a batch's report: `2026-01-05-090000-shop-3f2a9c1b.html`, in UTC. Made of letters, digits, dots, dashes and
 * underscores only, whatever the suite is called, and it begins with a digit: no path, no hidden file, no device of Windows.
 */
export function reportFileName({ suite, batchId, startedAt }: Pick<BatchSummary, "suite" | "batchId" | "startedAt">, format: ExportFormat): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  return [time, safe(suite, MAX_NAME), safe(batchId, MAX_ID)].filter((part) => part !== "").join("-") + `.${ENDINGS[format]}`;
}

/** Writes a report into `folder`, which is made where it is missing, for its owner alone; gives its whole path. */
export async function writeReportFile(files: FilePort, folder: string, name: string, text: string): Promise<Result<string, Fault>> {
  const path = join(folder, name);
  try {
    await files.makeDirectory(folder);
    await files.replace(path, text);
    return ok(path);
  } catch (error) {
    return err(diskFault(error, `writing ${path}`));
  }
}

function safe(text: string, length: number): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9_.]+/gu, "-")
    .slice(0, length)
    .replaceAll(/^[-.]+|[-.]+$/gu, "");
}
