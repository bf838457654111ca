import { EventEmitter } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type * as Electron from "electron";
import type { App } from "electron";
import { expect, onTestFinished } from "vitest";
import type { UpdateState } from "../../shared/desktop.ts";
import { ok } from "../../shared/result.ts";
import { createUpdateHandover } from "../../electron/desktop/update-handover.ts";
import type { UpdateSettings } from "../../electron/desktop/update-settings.ts";
import type { Updater, UpdaterOptions } from "../../electron/desktop/updater-library.ts";
import { createUpdates, type UpdatesProgram } from "../../electron/desktop/updates.ts";
import type { FilePort } from "../../electron/files/file-port.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import type { UpdateCommands } from "../../electron/host/update-commands.ts";
import { createDesktopBench } from "./desktop-bench.ts";
import { createFakeList } from "./only-members.ts";
import { openInteraction } from "./sample-panel.ts";
import { feedMaker, feedText, packageBytes, updateServer, type Served } from "./signed-feed.ts";
import { tempDirectory } from "./temp-directory.ts";
import { until } from "./until.ts";

/** What electron-updater is used for, played; it loads for real, by the download that it is given. */
export function fakeUpdater(folder: string) {
  const events = new EventEmitter();
  const installs: unknown[][] = [];
  const at = { installer: "begins" as "begins" | "fails" | "hangs" };
  const open = async ({ app, download, release }: UpdaterOptions): Promise<Updater> => ({
    on: ((event: string, fire: (error: Error) => void) => events.on(event, fire)) as unknown as Updater["on"],
    off: ((event: string, fire: (error: Error) => void) => events.off(event, fire)) as unknown as Updater["off"],
    checkForUpdates: async () => {
      const updateInfo = { version: release().version, files: [], path: "", sha512: "", releaseDate: "" };
      return { isUpdateAvailable: true, updateInfo, versionInfo: updateInfo };
    },
    async downloadUpdate() {
      await mkdir(folder, { recursive: true });
      const path = join(folder, "package");
      await download(release().files[0]?.url ?? "", path);
      return [path];
    },
    quitAndInstall(...given) {
      installs.push(given);
      if (at.installer === "begins") app.quit();
      if (at.installer === "fails") events.emit("error", Object.assign(new Error("spawn /home/ada/secret ENOENT"), { code: "ENOENT" }));
    },
  });
  return { open, events, installs, at };
}

interface BenchOptions {
  readonly version?: string;
  /** The folder of a program that ran before. */
  readonly folder?: string;
  readonly files?: FilePort;
  /** Off where null. */
  readonly settings?: Partial<UpdateSettings> | null;
  readonly program?: Partial<UpdatesProgram>;
  readonly random?: () => number;
}

/** The program's updates on a place of their own, with an updater that is played. Closed with the test. */
export async function updatesBench({ version = "1.0.0", folder, files = nodeFiles, settings = {}, program = {}, random = () => 0.5 }: BenchOptions = {}) {
  const made = folder === undefined ? await tempDirectory() : null;
  if (made !== null) onTestFinished(() => made[Symbol.asyncDispose]());
  const dataFolder = folder ?? made?.path ?? "";
  const maker = feedMaker();
  const served = new Map<string, Served>();
  const server = await updateServer(served);
  const bench = createDesktopBench();
  const list = createFakeList();
  const done: string[] = [];
  const logged: string[] = [];
  const app = list.fake<App, "releaseSingleInstanceLock">("App", {
    releaseSingleInstanceLock: () => void done.push("release the lock"),
  });
  const updater = fakeUpdater(join(dataFolder, "played"));
  const handover = createUpdateHandover((bug) => void done.push(`bug: ${String(bug)}`));
  const listeners = new Set<() => void>();
  let commands: UpdateCommands | null = null;
  let now: UpdateSettings | null = settings === null ? null : { url: server.url, publicKey: maker.publicKey, checkHours: 4, channel: "latest", ...settings };
  const ports = {
    ...bench.ports,
    version,
    files,
    dataFolder,
    electron: list.fake<typeof Electron, "app">("electron", { app }),
    log: (level: string, event: string, fields: Readonly<Record<string, unknown>> = {}) => void logged.push(`${level} ${event} ${JSON.stringify(fields)}`),
    quit: () => void done.push("quit"),
  };
  const part = createUpdates(ports, {
    settings: () => now,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openNetwork: async () => ok({ fetch: globalThis.fetch, socketOptions: () => ({}), async [Symbol.asyncDispose]() {} }),
    installation: async () => ({ kind: "own", configPath: "/absent/app-update.yml" }),
    bind: (bound) => {
      commands = bound;
    },
    handover,
    restart: () => void done.push("start again"),
    arch: "x64",
    random,
    openUpdater: updater.open,
    ...program,
  });
  onTestFinished(() => part[Symbol.asyncDispose]());
  const state = (): UpdateState => bench.state().desktop?.update ?? { kind: "off", why: "no desktop" };
  return {
    clock: bench.clock,
    bugs: bench.bugs,
    part,
    updater,
    handover,
    server,
    done,
    logged,
    dataFolder,
    listeners,
    commands: () => commands,
    state,
    /** Puts a version at its place, signed. */
    publishVersion(to: string, more: Readonly<Record<string, unknown>> = {}, bytes: Uint8Array = packageBytes(5_000, to)): void {
      const text = feedText({ version: to, ...more }, bytes);
      served.set("latest-linux.yml", text).set("latest-linux.yml.sig", maker.sign(text)).set("Callside-1.1.0-linux-x86_64.AppImage", bytes);
    },
    serve: (name: string, what: Served) => void served.set(name, what),
    change(next: Partial<UpdateSettings> | null): void {
      now = next === null ? null : { url: server.url, publicKey: maker.publicKey, checkHours: 4, channel: "latest", ...next };
      for (const listener of listeners) listener();
    },
    interaction(id: string, status: "live" | "ended"): void {
      bench.publish(openInteraction(id, status));
    },
    reached: (kind: UpdateState["kind"]) => until(() => state().kind === kind, `updates are ${kind}, and not ${JSON.stringify(state())}`),
    on: () => until(() => commands !== null, "updates are on"),
    /** Asks, and waits for the version to be ready. */
    async getReady(): Promise<void> {
      await until(() => commands !== null, "updates are on");
      expect(commands?.check()).toEqual(ok(null));
      await until(() => state().kind === "ready", `an update is ready, and not ${JSON.stringify(state())}`);
    },
  };
}
