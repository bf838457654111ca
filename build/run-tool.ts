import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's folder. */
const projectDirectory = fileURLToPath(new URL("..", import.meta.url));

/** The script behind a package's command: started with this very Node, so that it works alike on every system. */
export function toolScript(packageName: string, command: string): string {
  const folder = new URL(`../node_modules/${packageName}/`, import.meta.url);
  const { bin } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as { readonly bin?: string | Readonly<Record<string, string>> };
  const script = typeof bin === "string" ? bin : bin?.[command];
  if (script === undefined) throw new Error(`the package ${packageName} has no command ${command}`);
  return fileURLToPath(new URL(script, folder));
}

export interface ToolRun {
  /** Arguments for Node: the script, then its own. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ended by force after this long. */
  readonly timeoutMs: number;
  /** Whether its output is shown. */
  readonly quiet: boolean;
  readonly signal?: AbortSignal;
}

/** Runs a script to its end. Gives its exit code; null where it could not start, crashed or took too long. */
export function runTool({ args, env, timeoutMs, quiet, signal }: ToolRun): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: projectDirectory,
      env: { ...process.env, ...env },
      stdio: quiet ? "ignore" : ["ignore", "inherit", "inherit"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      ...(signal === undefined ? {} : { signal }),
    });
    child.once("error", () => {
      resolve(null);
    });
    child.once("exit", (code) => {
      resolve(code);
    });
  });
}
