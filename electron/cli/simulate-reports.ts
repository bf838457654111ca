import { mkdir, open, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import { reportText, type ReportMatter } from "../app/report-text.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { ReportPaths } from "./simulate-options.ts";

type Kind = keyof ReportPaths;

/**
 * Whether every report can be written, before anything runs: makes the folders that are missing and leaves no file
 * behind. The error names each path that cannot be written, and why.
 */
export async function checkReportPaths(paths: ReportPaths): Promise<Result<void, string>> {
  const faults = (await Promise.all(given(paths).map(async ([kind, path]) => faultOfPath(kind, path)))).filter((fault) => fault !== null);
  return faults.length === 0 ? ok(undefined) : err(faults.join("\n"));
}

/** Writes the reports that are wanted; what was written, and what could not be. */
export async function writeReports(paths: ReportPaths, matter: ReportMatter): Promise<{ readonly written: ReportPaths; readonly faults: readonly string[] }> {
  const outcomes = await Promise.all(
    given(paths).map(async ([kind, path]) => {
      try {
        await writeFile(path, await reportText(kind === "report" ? "json" : kind, matter));
        return { kind, path, fault: null };
      } catch (error) {
        return { kind, path, fault: `--${kind}: ${diskFault(error, `writing ${path}`).detail}` };
      }
    }),
  );
  return {
    written: Object.fromEntries(outcomes.flatMap(({ kind, path, fault }) => (fault === null ? [[kind, path]] : []))),
    faults: outcomes.flatMap(({ fault }) => fault ?? []),
  };
}

function given(paths: ReportPaths): readonly (readonly [Kind, string])[] {
  return (["junit", "html", "report"] as const).flatMap((kind) => {
    const path = paths[kind];
    return path === undefined ? [] : [[kind, path] as const];
  });
}

async function faultOfPath(kind: Kind, path: string): Promise<string | null> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const wasThere = await stat(path).then(
      () => true,
      () => false,
    );
    const handle = await open(path, "a");
    await handle.close();
    if (!wasThere) await rm(path, { force: true });
    return null;
  } catch (error) {
    return `--${kind}: ${diskFault(error, `writing ${path}`).detail}`;
  }
}
