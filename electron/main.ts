import { randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import * as electron from "electron";
import { openPanelApp } from "./cli/open-panel.ts";
import { windowCommand, windowFlags } from "./cli/open-window.ts";
import { createCrashDesk } from "./app/crash-desk.ts";
import { systemVersions } from "./app/diagnostics-machine.ts";
import { desktopSecrets } from "./app/open-secrets.ts";
import { readPanelFiles } from "./app/panel-files.ts";
import { runCli } from "./cli/run-cli.ts";
import { appFolders } from "./config/folders.ts";
import { startCrashReporter } from "./desktop/crash-reporter.ts";
import { startDesktop } from "./desktop/desktop.ts";
import { crashOf } from "./diagnostics/crash-report.ts";
import { tellFailure } from "./desktop/failure-box.ts";
import { hearLinks, takeLink } from "./desktop/link-inbox.ts";
import { watchMain } from "./desktop/main-watch.ts";
import { startAgain } from "./desktop/start-again.ts";
import { ownArguments } from "./desktop/start-arguments.ts";
import { createUpdateHandover } from "./desktop/update-handover.ts";
import { nodeFiles } from "./files/node-files.ts";
import { systemMachine } from "./machine/system-machine.ts";
import { systemClock } from "./net/system-clock.ts";
import { createSpeech } from "./words/speech.ts";
import { systemPerson } from "./redaction/person.ts";

// Before anything is awaited: what Electron has to hear before it is ready. Nothing may be awaited at the top level
// either, because Electron becomes ready only once this file has been read to its end.
const given = takeLink(process.argv.slice(electron.app.isPackaged ? 1 : 2));
const links = hearLinks(electron.app, given.link);
const folders = appFolders({ platform: process.platform, env: process.env, home: homedir() });
const crashes = createCrashDesk({ dataFolder: folders.data, files: nodeFiles, clock: systemClock, person: systemPerson(), versions: systemVersions() });
const speech = createSpeech();
startCrashReporter(electron, crashes.folder);
if (startDesktop(electron) === "second") electron.app.quit();
else void showPanel();

/** Shows the panel in its window until it is closed; everything is closed in order before the process ends. */
async function showPanel(): Promise<void> {
  const { app } = electron;
  const restart = (): void => {
    startAgain(app, process);
  };
  const watch = watchMain({ electron, events: process, clock: systemClock, take: crashes.take, restart, speech });
  const handover = createUpdateHandover((bug) => void crashes.take(crashOf(bug)));
  try {
    const command = windowCommand({
      electron,
      preloadPath: fileURLToPath(new URL("../preload/preload.cjs", import.meta.url)),
      readFiles: readPanelFiles,
      openApp: (context, options) => openPanelApp(context, { ...options, secrets: desktopSecrets(electron) }),
      links,
      crashes,
      handover,
      restart,
      speech,
    });
    const code = await runCli({
      argv: ["window", ...ownArguments(given.rest, windowFlags)],
      commands: { window: { summary: "the panel in its window", load: async () => command } },
      env: process.env,
      cwd: process.cwd(),
      folders,
      platform: process.platform,
      machine: systemMachine({ platform: process.platform, env: process.env, dataFolder: folders.data }),
      clock: systemClock,
      random: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      program: "callside",
      async onRefused(words) {
        await app.whenReady();
        speech.prefer([app.getLocale()]);
        const { notStarted, badArguments } = speech.words().boxes;
        electron.dialog.showErrorBox(notStarted, badArguments(words));
      },
      signals: {
        on: (signal, listener) => process.on(signal, listener),
        off: (signal, listener) => process.off(signal, listener),
        exit: (exitCode) => process.exit(exitCode),
      },
    });
    await handover.run();
    await crashes[Symbol.asyncDispose]();
    app.exit(code);
  } catch (bug) {
    await tellFailure(bug, { dialog: electron.dialog, take: crashes.take, clock: systemClock, speech });
    app.exit(1);
  } finally {
    watch[Symbol.dispose]();
  }
}
