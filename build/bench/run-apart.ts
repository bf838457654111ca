import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Figure } from "./figure.ts";
import type { Measure } from "./measures.ts";

/** How long a process that was asked to end may take before it is ended by force. */
const GRACE_MS = 5_000;

/** What became of a measure: its figures, or why there are none. */
export type Outcome =
  | { readonly kind: "measured"; readonly figures: readonly Figure[] }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Runs one measure in a process of its own, so that none inherits another's heap or compiled code, and so that a measure
 * that hangs, even in a loop that never yields, is ended at its limit and the rest goes on. `script` is started with
 * `--measure NAME` and prints its figures as one line of JSON.
 */
export async function runApart(script: string, { name, limitSeconds }: Measure, signal: AbortSignal): Promise<Outcome> {
  if (signal.aborted) return { kind: "failed", reason: "cancelled" };
  const child = spawn(process.execPath, ["--expose-gc", script, "--measure", name], { stdio: ["ignore", "pipe", "inherit"] });
  let why: string | null = null;
  const end = (reason: string): void => {
    why ??= reason;
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  };
  const limit = setTimeout(end, limitSeconds * 1_000, `not done within ${limitSeconds} s`);
  const cancel = (): void => {
    end("cancelled");
  };
  signal.addEventListener("abort", cancel, { once: true });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  try {
    const [code] = await once(child, "close");
    if (why !== null) return { kind: "failed", reason: why };
    if (code !== 0) return { kind: "failed", reason: `its process ended with ${String(code ?? "a signal")}` };
    return { kind: "measured", figures: JSON.parse(printed) as readonly Figure[] };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(limit);
    signal.removeEventListener("abort", cancel);
  }
}
