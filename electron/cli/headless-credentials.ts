import { join } from "node:path";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { missingCredentials, sufficientCredentials } from "../app/credential-environment.ts";
import type { SecretsOf } from "../app/open-secrets.ts";
import type { CredentialSection } from "../config/credentials.ts";
import type { Environment } from "../config/environment.ts";
import type { FilePort } from "../files/file-port.ts";
import { SECRETS_FILE_NAME } from "../vault/safe-storage-store.ts";
import { readSecretNames } from "../vault/secrets-file.ts";
import type { Vault } from "../vault/vault.ts";
import type { HeadlessPorts } from "./headless.ts";

/** Where credentials are looked for that the environment does not give. */
export interface CredentialPlaces {
  /** The key store of the system, which the browser panel and `secret put` keep them in. */
  readonly secretsOf: SecretsOf;
  readonly files: FilePort;
}

/**
 * The environment with the credentials of a system from the key store behind it, as the browser panel has them; the key
 * store stays closed where nothing is missing. What the desktop program keeps is encrypted by Electron, so that nobody else
 * can read it: the fault (`no-credentials`) says so where one that is missing is kept there.
 */
export async function withKeptCredentials(
  { env, clock, folders, stopped }: Pick<HeadlessPorts, "env" | "clock" | "folders" | "stopped">,
  system: CredentialSection,
  { secretsOf, files }: CredentialPlaces,
): Promise<Result<Environment, Fault>> {
  if (sufficientCredentials(env, system).ok) return ok(env);
  const open = secretsOf({ env, clock, platform: process.platform, files, dataFolder: folders.data, newId: () => crypto.randomUUID() });
  const vault = await open({ signal: stopped, onDamaged: () => {} });
  const kept = await keptCredentials(vault, missingCredentials(env, system));
  const filled = { ...env, ...kept.values };
  const troubles = new Set(kept.troubles);
  const enough = sufficientCredentials(filled, system);
  if (enough.ok) return ok(filled);
  const missing = missingCredentials(filled, system);
  const onDesktop = (await readSecretNames(files, join(folders.data, SECRETS_FILE_NAME))).some((name) => missing.includes(name));
  if (onDesktop) troubles.add("credentials kept by the desktop program cannot be read by the command line");
  return err({ ...enough.error, detail: [enough.error.detail, ...troubles].join("; ") });
}

/** What a vault has of these names, and why others of them could not be read. */
export async function keptCredentials(vault: Pick<Vault, "read">, names: readonly string[]): Promise<{ readonly values: Readonly<Record<string, string>>; readonly troubles: readonly string[] }> {
  const found = await Promise.all(names.map(async (name) => ({ name, read: await vault.read(name) })));
  return {
    values: Object.fromEntries(found.flatMap(({ name, read }) => (read.ok && read.value !== null ? [[name, read.value]] : []))),
    troubles: found.flatMap(({ read }) => (read.ok ? [] : [read.error.detail])),
  };
}
