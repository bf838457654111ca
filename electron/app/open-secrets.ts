import type * as Electron from "electron";
import type { Clock } from "../../shared/clock.ts";
import type { FilePort } from "../files/file-port.ts";
import { openVault } from "../vault/open-vault.ts";
import type { OpenSecrets } from "./secrets-desk.ts";

/** What secrets are opened from. */
export interface SecretsMachine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly files: FilePort;
  readonly dataFolder: string;
  readonly newId: () => string;
}

/** How secrets are kept: which store stands behind the environment. */
export type SecretsOf = (machine: SecretsMachine) => OpenSecrets;

/** The environment and memory alone; `why` tells a person what for. */
export function memorySecrets(why: string): (machine: Pick<SecretsMachine, "env" | "clock">) => OpenSecrets {
  return ({ env, clock }) => async () => openVault({ env, clock, keyStore: null, why });
}

/** The system's own key store, where it offers one: for a program without a window of its own. Loaded when it is needed. */
export const headlessSecrets: SecretsOf = ({ env, clock, newId }) => async ({ signal }) => {
  const { loadKeyring, openKeyringStore } = await import("../vault/keyring-store.ts");
  return openVault({ env, clock, ...(await openKeyringStore({ load: loadKeyring, clock, signal, newId })) });
};

/** A file in the data folder, encrypted by Electron with a key that the system protects. */
export function desktopSecrets(electron: Pick<typeof Electron, "app" | "safeStorage">): SecretsOf {
  return ({ env, clock, platform, files, dataFolder }) => async ({ signal, onDamaged }) => {
    const { openSafeStorageStore } = await import("../vault/safe-storage-store.ts");
    return openVault({ env, clock, ...(await openSafeStorageStore({ electron, platform, files, dataFolder, clock, signal, onDamaged })) });
  };
}
