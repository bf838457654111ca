import { randomBytes } from "node:crypto";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { appFolders } from "./config/folders.ts";

const folders = appFolders({ platform: process.platform, env: process.env, home: homedir() });
// In the user's own folder: one that others can write to could bring in their code. Saves the compiling, and the
// stripping of types, of every start after the first.
enableCompileCache(join(folders.cache, "compiled"));

const [{ runCli }, { diesWithStarter, standingFolder, programName }, { systemClock }, { systemMachine }] = await Promise.all([
  import("./cli/run-cli.ts"),
  import("./cli/standing.ts"),
  import("./net/system-clock.ts"),
  import("./machine/system-machine.ts"),
]);

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: standingFolder(process.env, process.cwd()),
  folders,
  platform: process.platform,
  machine: systemMachine({ platform: process.platform, env: process.env, dataFolder: folders.data }),
  clock: systemClock,
  // Strong, because the sandbox makes its credentials of it.
  random: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  ...(diesWithStarter(process.env, process.platform) ? { parent: () => process.ppid } : {}),
  program: programName(process.argv[1]),
  signals: {
    on: (signal, listener) => process.on(signal, listener),
    off: (signal, listener) => process.off(signal, listener),
    exit: (code) => process.exit(code),
  },
});
