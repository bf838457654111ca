import type * as Keyring from "@napi-rs/keyring";
import PQueue from "p-queue";
import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { secretNameSchema } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { systemCode } from "../files/disk-fault.ts";
import { errorWords } from "./error-words.ts";
import { findStore, type FoundStore } from "./found-store.ts";
import { createPartedEntries, DamagedEntry, type KeyringEntry, type PartedEntries } from "./parted-entries.ts";
import type { KeyStore } from "./vault.ts";

/** What is used of `@napi-rs/keyring`. */
export interface KeyringModule {
  readonly AsyncEntry: new (service: string, account: string, options?: { readonly linux?: { readonly store: "secret-service" } }) => KeyringEntry;
}

export interface KeyringOptions {
  /** Loads the module; only here, so that whoever keeps no secrets never loads its binary. */
  readonly load: () => Promise<KeyringModule>;
  readonly clock: Clock;
  /** Ends the wait for the OS, which may be asking the person. */
  readonly signal: AbortSignal;
  readonly newId: () => string;
}

const SERVICE = "Callside";
/** No name of a secret has a slash in it. */
const INDEX = "/names";
const INDEX_VERSION = 1;

const indexSchema = z.strictObject({ version: z.literal(INDEX_VERSION), names: z.array(secretNameSchema).readonly() });

// Its types come from the module's own declarations, so the compiler sees that it is what is used of it.
const moduleSchema = z.object({ AsyncEntry: z.custom<typeof Keyring.AsyncEntry>((found) => typeof found === "function") });

/**
 * The module of this machine. Its name is not written into the call: a bundler would follow it into the module's binary,
 * which cannot be bundled. Where the module is not beside the program, this rejects.
 */
export async function loadKeyring(name = "@napi-rs/keyring"): Promise<KeyringModule> {
  const loaded: unknown = await import(/* @vite-ignore */ name);
  return moduleSchema.parse(loaded);
}

/**
 * The key store of the OS for a program without Electron: Keychain on macOS, Credential Manager on Windows, and on Linux
 * the Secret Service alone. The module would fall back to the kernel's key ring there, which forgets everything with the
 * next start of the machine (its README), and the person would have been told that the secret is kept. Whether it
 * works is found out with an entry that is written, read and deleted again.
 */
export function openKeyringStore({ load, clock, signal, newId }: KeyringOptions): Promise<FoundStore> {
  const open = async (): Promise<Result<KeyStore, string>> => {
    const module = await loaded(load);
    if (module === null) return err("this Callside comes without what it needs to use the key store of this system");
    const { AsyncEntry } = module;
    const entry = (account: string): KeyringEntry => new AsyncEntry(SERVICE, account, { linux: { store: "secret-service" } });
    const id = newId();
    const probe = entry(`/probe-${id}`);
    await probe.setPassword(id);
    const answer = await probe.getPassword();
    await probe.deletePassword();
    if (answer !== id) return err("the key store of this system does not give back what it was given");
    return ok(createStore(createPartedEntries(entry)));
  };
  return findStore(open, clock, signal);
}

/** null where there is no such module; rejects where it is there and does not work. */
async function loaded(load: KeyringOptions["load"]): Promise<KeyringModule | null> {
  try {
    return await load();
  } catch (error) {
    if (systemCode(error) === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}

function createStore(entries: PartedEntries): KeyStore {
  // An entry with its parts and the index of names belong together.
  const queue = new PQueue({ concurrency: 1 });
  const tried = <T>(code: "no-secret" | "disk", doing: string, secret: string | null, work: () => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> =>
    queue.add(async () => {
      try {
        return await work();
      } catch (error) {
        return err({ kind: "transport", code, detail: `${doing}: ${errorWords(error, secret)}` });
      }
    });

  // Not every key store can list what it holds, so the names are an entry of their own.
  const readNames = async (): Promise<Result<readonly string[], Fault>> => {
    const index = parseJson(await readIndex(entries));
    const version = z.object({ version: z.int().gt(INDEX_VERSION) }).safeParse(index);
    if (version.success) {
      const detail = `the list of secrets in the key store is of version ${version.data.version}, and this Callside knows versions up to ${INDEX_VERSION}: update Callside`;
      return err({ kind: "refused", code: "newer-file", detail });
    }
    const parsed = indexSchema.safeParse(index);
    // A damaged list is begun anew: it holds names only, and the secrets themselves are read without it.
    return ok(parsed.success ? parsed.data.names : []);
  };
  const writeNames = (names: readonly string[]): Promise<void> =>
    entries.write(INDEX, JSON.stringify({ version: INDEX_VERSION, names } satisfies z.input<typeof indexSchema>));

  const write = async (name: string, value: string): Promise<Result<null, Fault>> => {
    const names = await readNames();
    if (!names.ok) return names;
    // Windows takes names that differ in case only for the same: one would replace the other.
    const twin = names.value.find((one) => one !== name && one.toLowerCase() === name.toLowerCase());
    if (twin !== undefined) return err({ kind: "policy", code: "invalid-input", detail: `${name}: found a name that differs from ${twin} in case only; allowed: another name` });
    if (names.value.includes(name)) {
      await entries.write(name, value);
      return ok(null);
    }
    // The name first: a secret that is in no list could never be deleted.
    await writeNames([...names.value, name]);
    try {
      await entries.write(name, value);
    } catch (error) {
      await writeNames(names.value);
      throw error;
    }
    return ok(null);
  };
  const remove = async (name: string): Promise<Result<null, Fault>> => {
    const names = await readNames();
    if (!names.ok) return names;
    const found = await entries.delete(name);
    if (names.value.includes(name)) await writeNames(names.value.filter((one) => one !== name));
    else if (!found) return err({ kind: "policy", code: "not-found-here", detail: name });
    return ok(null);
  };

  return {
    read: (name) => tried("no-secret", name, null, async () => ok(await entries.read(name))),
    write: (name, value) => tried("disk", `keeping ${name}`, value, () => write(name, value)),
    delete: (name) => tried("disk", `deleting ${name}`, null, () => remove(name)),
    names: () => tried("disk", "reading the names of secrets", null, readNames),
  };
}

/** Empty where there is none, or one that is not whole. */
async function readIndex(entries: PartedEntries): Promise<string> {
  try {
    return (await entries.read(INDEX)) ?? "";
  } catch (error) {
    if (error instanceof DamagedEntry) return "";
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
