import type { AppAdapter } from "electron-updater/out/AppAdapter.js";
import type { AppUpdater } from "electron-updater/out/AppUpdater.js";
import type { ProviderRuntimeOptions } from "electron-updater/out/providers/Provider.js";
import type { ResolvedUpdateFileInfo, UpdateInfo } from "electron-updater/out/types.js";
import { assertNever } from "../../shared/assert-never.ts";
import type { Release, UpdatePlatform } from "../updates/feed.ts";

/** What we use of an updater of electron-updater. */
export type Updater = Pick<AppUpdater, "checkForUpdates" | "downloadUpdate" | "quitAndInstall" | "on" | "off">;

/** How a package gets onto the disk; rejects where it does not, or is not the one that is meant. */
export type Download = (address: string, destination: string) => Promise<void>;

export interface UpdaterOptions {
  readonly platform: UpdatePlatform;
  readonly app: AppAdapter;
  readonly download: Download;
  /** The release that has been found and checked; the updater asks for it, and for no feed of its own. */
  readonly release: () => Release;
}

/** Makes an updater; see {@link openUpdater}. */
export type OpenUpdater = (options: UpdaterOptions) => Promise<Updater>;

/**
 * electron-updater's updater for this platform, loaded when it is first needed. It is left what it alone knows: to put a
 * package in the program's place, and on Windows and macOS to have the system check who signed it. What to load it is told, so
 * that no second feed can be slipped in after the first has been checked; and it loads by our network, with its proxy and
 * authorities. Nothing begins by itself: no load, no install when the program quits.
 */
export const openUpdater: OpenUpdater = async ({ platform, app, download, release }) => {
  const updater = await newUpdater(platform, app);
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.autoRunAppAfterInstall = true;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // It would ask for parts of the old package by requests of its own.
  updater.disableDifferentialDownload = true;
  // Not among its types: it is null where the program's surroundings are given, as they are here.
  Reflect.set(updater, "httpExecutor", { download: (url: URL, destination: string) => download(url.href, destination) });

  const { Provider } = await import("electron-updater/out/providers/Provider.js");
  // A class because electron-updater makes it with `new`.
  class CheckedFeed extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }
    override getLatestVersion(): Promise<UpdateInfo> {
      return Promise.resolve(updateInfo(release()));
    }
    override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
      return info.files.map((file) => ({ url: new URL(file.url), info: file }));
    }
  }
  updater.setFeedURL({ provider: "custom", updateProvider: CheckedFeed });
  return updater;
};

async function newUpdater(platform: UpdatePlatform, app: AppAdapter): Promise<AppUpdater> {
  switch (platform) {
    case "win32": {
      const { NsisUpdater } = await import("electron-updater/out/NsisUpdater.js");
      return new NsisUpdater(null, app);
    }
    case "darwin": {
      const { MacUpdater } = await import("electron-updater/out/MacUpdater.js");
      return new MacUpdater(undefined, app);
    }
    case "linux": {
      const { AppImageUpdater } = await import("electron-updater/out/AppImageUpdater.js");
      return new AppImageUpdater(null, app);
    }
    default:
      return assertNever(platform);
  }
}

/** Without the share of machines, which has been judged before. */
function updateInfo({ version, files, date, minimumSystemVersion }: Release): UpdateInfo {
  const [first] = files;
  return {
    version,
    files: files.map((file) => ({ ...file })),
    path: first?.url ?? "",
    sha512: first?.sha512 ?? "",
    releaseDate: date,
    ...(minimumSystemVersion === null ? {} : { minimumSystemVersion }),
  };
}
