import { access, constants, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type * as Electron from "electron";
import type { DesktopProgram } from "../desktop/desktop-ports.ts";
import type { UpdateHandover } from "../desktop/update-handover.ts";
import type { UpdatesProgram } from "../desktop/updates.ts";
import { judgeInstallation } from "../updates/installation.ts";
import { openDeskNetwork } from "./desk-network.ts";
import { followApp, type ProgramPanel } from "./follow-app.ts";

export interface UpdatesSurroundings {
  readonly electron: typeof Electron;
  readonly platform: DesktopProgram["platform"];
  readonly env: DesktopProgram["env"];
  readonly random: () => number;
  readonly newName: () => string;
  readonly handover: UpdateHandover;
  /** Has the program started again once it has ended. */
  readonly restart: () => void;
  /** The process, as far as it says where the program lies. */
  readonly process: Pick<NodeJS.Process, "execPath" | "arch" | "resourcesPath">;
}

/** What an app, its panel and this machine give to the program's updates. */
export function updatesProgram({ app, desk, onSwitched }: ProgramPanel, { electron, platform, env, random, newName, handover, restart, process }: UpdatesSurroundings): UpdatesProgram {
  return {
    settings: () => app().config.current().updates ?? null,
    onChange: (listener) =>
      followApp({ app, onSwitched }, ({ config }, isFirst) => {
        if (!isFirst) listener();
        return config.onChange((next, previous) => {
          if (!isDeepStrictEqual([next.updates, next.network], [previous.updates, previous.network])) listener();
        });
      }),
    openNetwork: () => openDeskNetwork(app().config.current().network, app().surroundings),
    installation: () =>
      judgeInstallation({
        platform,
        isPackaged: electron.app.isPackaged,
        execPath: process.execPath,
        resourcesPath: process.resourcesPath,
        env,
        exists: (path) => isAllowed(path, constants.F_OK),
        canWrite: platform === "win32" ? (folder) => canMakeFile(join(folder, `.callside-${newName()}.tmp`)) : (folder) => isAllowed(folder, constants.W_OK),
      }),
    bind: (commands) => {
      desk.bindUpdates(commands);
    },
    handover,
    restart,
    arch: process.arch,
    random,
  };
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** Windows tells only by trying. */
async function canMakeFile(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    await rm(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
