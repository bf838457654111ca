import { headlessSecrets } from "../app/open-secrets.ts";
import { nodeFiles } from "../files/node-files.ts";
import type { OpenedVault } from "../vault/vault.ts";
import type { CommandContext } from "./command.ts";

/** Opens the secrets of this machine for a command. */
export type OpenSecretVault = (context: CommandContext) => Promise<OpenedVault>;

/** The environment and the key store of the system. */
export const openSecretVault: OpenSecretVault = ({ env, clock, platform, folders, stopped, output }) =>
  headlessSecrets({ env, clock, platform, files: nodeFiles, dataFolder: folders.data, newId: () => crypto.randomUUID() })({
    signal: stopped,
    onDamaged: (path) => {
      output.note(`The file of secrets was damaged; it was set aside as ${path}.`);
    },
  });

/** What is said where nothing would be kept beyond this command: null where a key store is there. */
export function whyNotKept(vault: OpenedVault, name: string | null): string | null {
  if (vault.keptIn() === "key-store") return null;
  const instead = name === null ? "set environment variables of the names of the secrets" : `set the environment variable ${name}`;
  return `no key store can be used here: ${vault.why() ?? "this system offers none"}; ${instead} instead`;
}
