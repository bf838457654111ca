import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodeHindrance } from "./check-node.ts";

/** An Electron that ends this soon, and badly, never showed anything: a library is missing, or the display refuses. */
const STILLBORN_MS = 5_000;

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}

const args = process.argv.slice(2);
await start();

/** The panel in Electron where that can be had, else the same panel in a browser. */
async function start(): Promise<void> {
  // Who asks for no browser wants the address.
  if (!args.includes("--no-browser")) {
    const why = await startElectron();
    if (why === null) return;
    console.error(`Without Electron (${why}): the panel goes to a browser instead.`);
  }
  process.argv.splice(2, Number.POSITIVE_INFINITY, "open", ...args);
  await import("../electron/cli.ts");
}

/** Runs Electron to its end and gives null, or why it could not be run. */
async function startElectron(): Promise<string | null> {
  const { electronBinary, electronHindrance } = await import("./electron-binary.ts");
  const why = electronHindrance({ platform: process.platform, env: process.env, uid: process.getuid?.() });
  if (why !== null) return why;
  const electronPackage = fileURLToPath(new URL("../node_modules/electron", import.meta.url));
  if (electronBinary(electronPackage) === null) {
    const { fetchElectron } = await import("./fetch-electron.ts");
    await fetchElectron(electronPackage, process.env);
  }
  const binary = electronBinary(electronPackage);
  if (binary === null) return "Electron's program could not be fetched";
  const [{ buildMain }, { buildRenderer, rendererIsFresh }] = await Promise.all([import("./build-main.ts"), import("./build-renderer.ts")]);
  if (!(await rendererIsFresh())) await buildRenderer();
  return runElectron(binary, await buildMain());
}

/** The exit code of an Electron that ran becomes ours. */
function runElectron(binary: string, main: string): Promise<string | null> {
  const startedAt = performance.now();
  const child = spawn(binary, [main, ...args], { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  return new Promise((resolve) => {
    const end = (outcome: string | null): void => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      resolve(outcome);
    };
    child.once("error", () => {
      end("Electron does not start here");
    });
    child.once("exit", (code) => {
      if (code !== null && code !== 0 && performance.now() - startedAt < STILLBORN_MS) {
        end("Electron does not start here");
        return;
      }
      process.exitCode = code ?? 0;
      end(null);
    });
  });
}
