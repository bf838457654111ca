import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { AppAdapter } from "electron-updater/out/AppAdapter.js";
import { type Clock, wait } from "../../shared/clock.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault, systemCode } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Fetch } from "../net/attempt.ts";
import type { Release, ReleaseFile, UpdatePlatform } from "../updates/feed.ts";
import { isIntact, loadPackage } from "../updates/load-package.ts";
import type { UpdateProblem } from "../updates/update-problem.ts";
import { openUpdater, type OpenUpdater } from "./updater-library.ts";

/** macOS takes the package over before the program may end; longer than that it does not take. */
const INSTALL_MS = 120_000;

export interface UpdatePackagesOptions {
  readonly platform: UpdatePlatform;
  /** The version that runs. */
  readonly version: string;
  /** electron-builder's `app-update.yml`, which says whose signature Windows is to find. */
  readonly configPath: string;
  /** The folder in which packages are kept until they are installed. */
  readonly folder: string;
  readonly files: FilePort;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** electron-updater unless given. */
  readonly open?: OpenUpdater;
}

export interface LoadRequest {
  readonly release: Release;
  readonly signal: AbortSignal;
  readonly onProgress: (percent: number) => void;
}

/** The packages of releases: loaded, kept, put in the program's place. */
export interface UpdatePackages {
  /** Loads a release, or finds that it has been loaded before. Never rejects. */
  load(request: LoadRequest): Promise<Result<null, UpdateProblem>>;
  /** Whether what was loaded last is still on the disk as it came. */
  isWhole(): Promise<boolean>;
  /** Hands what was loaded last to the system's installer. Call when all else is closed: the process is to end when it resolves. */
  install(): Promise<Result<null, UpdateProblem>>;
}

/** Loads by {@link loadPackage}, and leaves the rest to electron-updater. */
export function createUpdatePackages({ platform, version, configPath, folder, files, fetch, clock, open = openUpdater }: UpdatePackagesOptions): UpdatePackages {
  const quitting = Promise.withResolvers<null>();
  let request: LoadRequest | null = null;
  let failure: UpdateProblem | null = null;
  let loaded: { readonly path: string; readonly file: ReleaseFile } | null = null;
  let updaterOnce: ReturnType<OpenUpdater> | null = null;

  const app: AppAdapter = {
    version,
    name: "callside",
    isPackaged: true,
    appUpdateConfigPath: configPath,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    // It starts the new version by itself.
    relaunch: () => {},
    quit: () => {
      quitting.resolve(null);
    },
    onQuit: () => {},
  };

  const download = async (address: string, destination: string): Promise<void> => {
    const file = request?.release.files.find(({ url }) => url === address);
    if (request === null || file === undefined) throw new Error("the updater asked for what is in no feed");
    const done = await loadPackage({ ...request, file, version: request.release.version, partialFolder: join(folder, "partial"), destination, files, move: rename, fetch, clock });
    if (done.ok) return;
    failure = done.error;
    throw new Error("the package was not loaded");
  };
  const release = (): Release => {
    if (request === null) throw new Error("the updater asked for a release that nobody wants");
    return request.release;
  };
  const updater = (): ReturnType<OpenUpdater> => (updaterOnce ??= open({ platform, app, download, release }));

  return {
    async load(wanted) {
      request = wanted;
      failure = null;
      loaded = null;
      const { version: to, files: offered } = wanted.release;
      try {
        const one = await updater();
        const check = await one.checkForUpdates();
        if (check === null) return err({ kind: "updater", code: "inactive" });
        if (!check.isUpdateAvailable) return err({ kind: "system", version: to });
        const [path] = await one.downloadUpdate();
        const file = path === undefined ? undefined : await fileOf(files, path, offered);
        if (path === undefined || file === undefined) return err({ kind: "checksum", version: to });
        loaded = { path, file };
        return ok(null);
      } catch (error) {
        return err(failure ?? problemOf(error, to));
      }
    },
    async isWhole() {
      return loaded !== null && (await isIntact(files, loaded.path, loaded.file).catch(() => false));
    },
    async install() {
      const one = await updater();
      const failed = Promise.withResolvers<unknown>();
      const ended = new AbortController();
      const onError = (error: unknown): void => {
        failed.resolve(error);
      };
      one.on("error", onError);
      try {
        // Silent, for the person has said so already; and the new version starts when it is in place.
        one.quitAndInstall(true, true);
        const why = await Promise.race([quitting.promise, failed.promise, wait(clock, INSTALL_MS, ended.signal).then(() => new Error("the installer did not begin"))]);
        return why === null ? ok(null) : err(problemOf(why, "the new version"));
      } catch (error) {
        return err(problemOf(error, "the new version"));
      } finally {
        ended.abort();
        one.off("error", onError);
      }
    },
  };
}

/** Which of the files on offer lies at the path. electron-updater found the hash right; this is our own look, once more. */
async function fileOf(files: FilePort, path: string, offered: readonly ReleaseFile[]): Promise<ReleaseFile | undefined> {
  for (const file of offered) if (await isIntact(files, path, file)) return file;
  return undefined;
}

/** Never the words of an error: they may hold addresses and folders. */
function problemOf(error: unknown, version: string): UpdateProblem {
  const code = systemCode(error);
  if (code === "ERR_UPDATER_INVALID_SIGNATURE") return { kind: "publisher", version };
  if (code === "ERR_CHECKSUM_MISMATCH") return { kind: "checksum", version };
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return { kind: "fault", fault: diskFault(error, "keeping the update") };
  return { kind: "updater", code: code ?? "no code" };
}
