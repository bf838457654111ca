import { join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Result } from "../../shared/result.ts";
import type { UpdateCommands } from "../host/update-commands.ts";
import type { Network } from "../net/network.ts";
import { takeLastInstall, type LastInstall } from "../updates/install-mark.ts";
import type { Installation } from "../updates/installation.ts";
import { rolloutPlace } from "../updates/rollout.ts";
import { firstState } from "../updates/update-machine.ts";
import type { Words } from "../words/en.ts";
import type { DesktopPorts } from "./desktop-ports.ts";
import type { UpdateHandover } from "./update-handover.ts";
import { createUpdatePackages } from "./update-packages.ts";
import { openUpdateSession, type UpdateSession } from "./update-session.ts";
import type { UpdateSettings } from "./update-settings.ts";
import type { OpenUpdater } from "./updater-library.ts";

/** What updates need of the program and of the machine, besides what every part of the desktop has. */
export interface UpdatesProgram {
  /** Null while updates are off. */
  settings(): UpdateSettings | null;
  /** Hears that they, or the way to the network, have changed; returns what stops it. */
  onChange(listener: () => void): () => void;
  openNetwork(): Promise<Result<Network, Fault>>;
  /** Whether this program can update itself. */
  installation(): Promise<Installation>;
  /** Gives the panel's commands to whoever carries them out; null: nobody. */
  bind(commands: UpdateCommands | null): void;
  readonly handover: UpdateHandover;
  /** Has the program started again once it has ended. */
  readonly restart: () => void;
  /** The processor, as Node names it. */
  readonly arch: string;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** electron-updater unless given. */
  readonly openUpdater?: OpenUpdater;
}

/**
 * The program's updates: on where an address is configured and the program is one that may update itself, begun anew when the
 * configuration changes. What became of the last install is told first. Disposing stops all of it but an install that the
 * person asked for, which the handover does at the very end.
 */
export function createUpdates(ports: DesktopPorts, program: UpdatesProgram): AsyncDisposable {
  const { electron, teller, files, dataFolder, version, platform, clock, speech, onBug } = ports;
  const folder = join(dataFolder, "updates");
  const last: Promise<LastInstall> = takeLastInstall({ files, folder }, version);
  let place: Promise<number> | null = null;
  let session: AsyncDisposable | null = null;
  let disposed = false;
  let isFirst = true;

  /** Why they are off; null while they are not. */
  let whyOff: ((words: Words["updates"]["off"]) => string) | null = null;

  const tellOff = (): void => {
    if (whyOff !== null) teller.update({ kind: "off", why: whyOff(speech.words().updates.off) });
  };
  const off = (why: (words: Words["updates"]["off"]) => string): void => {
    whyOff = why;
    tellOff();
  };

  const close = async (): Promise<void> => {
    program.bind(null);
    whyOff = null;
    const leaving = session;
    session = null;
    await leaving?.[Symbol.asyncDispose]();
  };

  const begin = async (): Promise<void> => {
    await close();
    if (disposed) return;
    const settings = program.settings();
    if (settings === null) {
      off((words) => words.noAddress);
      return;
    }
    const installation = await program.installation();
    if (installation.kind === "other") {
      const { why } = installation;
      off((words) => words[why]);
      return;
    }
    const network = await program.openNetwork();
    if (!network.ok) {
      const { error } = network;
      off((words) => words.noNetwork(error.detail, describeFault(error, speech.language()).remedy));
      return;
    }
    await using opening = new AsyncDisposableStack();
    opening.use(network.value);
    place ??= rolloutPlace({ files, folder, random: program.random });
    const outcome = isFirst ? await last : null;
    isFirst = false;
    if (outcome !== null && outcome.kind !== "none") ports.log(outcome.kind === "done" ? "info" : "warn", "update installed", { version: outcome.version, done: outcome.kind === "done" });
    const packages = createUpdatePackages({
      platform,
      version,
      configPath: installation.configPath,
      folder,
      files,
      fetch: network.value.fetch,
      clock,
      ...(program.openUpdater === undefined ? {} : { open: program.openUpdater }),
    });
    const opened: UpdateSession = opening.use(
      openUpdateSession({
        ports: { ...ports, dataFolder: folder },
        settings,
        network: network.value,
        packages,
        handover: program.handover,
        place: await place,
        arch: program.arch,
        random: program.random,
        first: firstState(outcome?.kind === "failed" ? { problem: { kind: "not-installed", version: outcome.version }, at: clock.now() } : null),
        restart: program.restart,
        // A second instance would give way to this one, which is about to end.
        release: () => {
          electron.app.releaseSingleInstanceLock();
        },
      }),
    );
    session = opening.move();
    program.bind(opened.commands);
  };

  let turn: Promise<void> = Promise.resolve();
  const again = (): void => {
    turn = turn.then(begin).catch(onBug);
  };
  again();
  const stop = program.onChange(again);
  const stopSpeech = speech.onChange(tellOff);
  return {
    async [Symbol.asyncDispose]() {
      stop();
      stopSpeech();
      disposed = true;
      await turn;
      await close();
    },
  };
}
