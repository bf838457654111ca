import { userInfo } from "node:os";
import { join, posix } from "node:path";
import { diskConfigFile } from "../config/config-file.ts";
import type { MachinePort, MachineReading } from "../config/machine-reading.ts";
import { APP_ID } from "../desktop/app-id.ts";
import { readManagedPreferences } from "./managed-preferences.ts";
import { readPolicyFile } from "./policy-file.ts";
import { readRegistry } from "./registry.ts";
import { runProgram, type RunProgram } from "./run-program.ts";

const POLICY_FILE = "/etc/callside/policy.json";
const MANAGED = "/Library/Managed Preferences";
const KEPT_FILE_NAME = "machine-policy.json";

export interface SystemMachineOptions {
  /** As Node names it; any other Unix is taken for a Linux. */
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the user's own data. */
  readonly dataFolder: string;
  /** The account's name; as the system says unless given. */
  readonly user?: string;
  /** How the system's programs are run; for real unless given. */
  readonly run?: RunProgram;
}

/** Where this system keeps what IT has set: registry, managed preferences, or a file of root's. */
export function systemMachine({ platform, env, user, dataFolder, run = runProgram }: SystemMachineOptions): MachinePort {
  return { read: (signal) => readPlaces(signal), kept: diskConfigFile(join(dataFolder, KEPT_FILE_NAME)) };

  async function readPlaces(signal: AbortSignal): Promise<readonly MachineReading[]> {
    if (platform === "win32") {
      const options = { systemRoot: env["SystemRoot"] ?? "C:\\Windows", run, signal };
      return Promise.all([readRegistry("HKEY_LOCAL_MACHINE", options), readRegistry("HKEY_CURRENT_USER", options)]);
    }
    if (platform === "darwin") {
      const name = `${APP_ID}.plist`;
      const places = [posix.join(MANAGED, user ?? userInfo().username, name), posix.join(MANAGED, name)];
      return Promise.all(places.map((path) => readManagedPreferences(path, run, signal)));
    }
    return [await readPolicyFile(POLICY_FILE)];
  }
}
