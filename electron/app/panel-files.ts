import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import { readStaticFiles, type StaticFiles } from "../host/static-files.ts";

/** The built panel beside the built program. */
const PACKAGED = fileURLToPath(new URL("../renderer/", import.meta.url));
/** The built panel of a checkout, and what builds it. */
const CHECKOUT = fileURLToPath(new URL("../../build/out/renderer/", import.meta.url));
const BUILDER = fileURLToPath(new URL("../../build/build-renderer.ts", import.meta.url));

/**
 * Reads the built panel. In a checkout it is built first, unless it is that of the present sources; an installed
 * program carries it. Fails with what the build said.
 */
export async function readPanelFiles(): Promise<Result<StaticFiles, Fault>> {
  // The built program starts no script, whatever lies beside it: its process may be Electron, which runs none.
  if (!import.meta.url.endsWith(".ts")) return readStaticFiles(PACKAGED, fs);
  try {
    await promisify(execFile)(process.execPath, [BUILDER, "--if-stale"]);
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    return err({ kind: "contract", code: "not-found-here", detail: `the panel could not be built: ${said.slice(0, 2_000)}` });
  }
  return readStaticFiles(CHECKOUT, fs);
}
