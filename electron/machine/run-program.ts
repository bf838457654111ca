import { execFile } from "node:child_process";

/** What a program of the system did. `failed`: it could not be started, took too long, or said too much. */
export type ProgramOutcome =
  | { readonly kind: "ended"; readonly code: number; readonly output: Uint8Array }
  | { readonly kind: "failed"; readonly reason: string };

/** Runs a program of the system to its end. Does not reject. */
export type RunProgram = (file: string, args: readonly string[], signal: AbortSignal) => Promise<ProgramOutcome>;

/** A registry or a property list on this machine answers at once, or not at all. */
const TIMEOUT_MS = 5_000;
const MAX_OUTPUT_BYTES = 4_000_000;

/** Runs a program without a shell and without a window, bounded in time and in what it may say. */
export const runProgram: RunProgram = (file, args, signal) =>
  new Promise((resolve) => {
    const options = { encoding: "buffer", timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true, signal } as const;
    execFile(file, [...args], options, (error, stdout) => {
      if (error === null) resolve({ kind: "ended", code: 0, output: stdout });
      else if (typeof error.code === "number" && error.killed !== true) resolve({ kind: "ended", code: error.code, output: stdout });
      else resolve({ kind: "failed", reason: error.killed === true ? `no answer within ${TIMEOUT_MS / 1_000} s` : String(error.code ?? error.name) });
    });
  });
