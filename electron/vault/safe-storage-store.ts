import { join } from "node:path";
import type * as Electron from "electron";
import PQueue from "p-queue";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { FilePort } from "../files/file-port.ts";
import { errorWords } from "./error-words.ts";
import { findStore, type FoundStore } from "./found-store.ts";
import { createSecretsFile, type SecretsFile } from "./secrets-file.ts";
import type { KeyStore } from "./vault.ts";

/** The file's place in the data folder. */
export const SECRETS_FILE_NAME = "secrets.json";

export interface SafeStorageOptions {
  readonly electron: Pick<typeof Electron, "app" | "safeStorage">;
  readonly platform: NodeJS.Platform;
  readonly files: FilePort;
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Ends the wait for the OS, which may be asking the person. */
  readonly signal: AbortSignal;
  /** Hears where a damaged file of secrets lies now. */
  readonly onDamaged: (path: string) => void;
}

/** What a text begins with that Chromium encrypted with a key that is in its source (components/os_crypt, Linux only). */
const WELL_KNOWN_KEY = Buffer.from("v10", "latin1");
const PROBE = "callside";

/**
 * Secrets in a file, encrypted by Electron with a key that the OS protects: the Keychain on macOS (other programs have to
 * ask the person), DPAPI on Windows (other users of the machine are kept out, other programs of this one are not), and
 * on Linux the desktop's key ring, where there is one (electronjs.org, safeStorage). The calls that return at once are
 * deprecated in Electron 45, so these are the ones that take their time. Resolves once Electron is ready.
 */
export function openSafeStorageStore(options: SafeStorageOptions): Promise<FoundStore> {
  const { electron, platform, files, dataFolder, clock, signal, onDamaged } = options;
  const open = async (): Promise<Result<KeyStore, string>> => {
    await electron.app.whenReady();
    const cipher = createCipher(electron.safeStorage, platform);
    const refusal = await cipher.refusal();
    if (refusal !== null) return err(refusal);
    const path = join(dataFolder, SECRETS_FILE_NAME);
    return ok(createStore(cipher, createSecretsFile({ files, path, now: () => clock.now(), onDamaged })));
  };
  return findStore(open, clock, signal);
}

interface Cipher {
  /** Why nothing would be protected; null where it is. */
  refusal(): Promise<string | null>;
  /** Rejects rather than to encrypt with a key that everybody knows. */
  encrypt(value: string): Promise<string>;
  /** `stale`: the key is an old one, and the value should be encrypted anew. */
  decrypt(encrypted: string): Promise<{ readonly value: string; readonly stale: boolean }>;
}

function createCipher(safeStorage: Electron.SafeStorage, platform: NodeJS.Platform): Cipher {
  const encrypt = async (value: string): Promise<string> => {
    const bytes = await safeStorage.encryptStringAsync(value);
    // Where a key ring was chosen and does not answer, Chromium may fall back to that key without a word.
    if (platform === "linux" && bytes.subarray(0, WELL_KNOWN_KEY.length).equals(WELL_KNOWN_KEY)) {
      throw new Error("the key ring gives no key, and without it nothing would be protected");
    }
    return bytes.toString("base64");
  };
  const decrypt = async (encrypted: string): Promise<{ readonly value: string; readonly stale: boolean }> => {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(encrypted, "base64"));
    return { value: result, stale: shouldReEncrypt };
  };
  return {
    async refusal() {
      // `basic_text` is that well-known key. Only Linux has the choice.
      const backend = platform === "linux" ? safeStorage.getSelectedStorageBackend() : null;
      if (backend === "basic_text" || backend === "unknown") return "no key ring (GNOME Keyring, KWallet) was found for this desktop";
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return "the key store of this system is locked or not available";
      const { value } = await decrypt(await encrypt(PROBE));
      return value === PROBE ? null : "the key store of this system does not give back what it was given";
    },
    encrypt,
    decrypt,
  };
}

function createStore(cipher: Cipher, file: SecretsFile): KeyStore {
  // Reading, changing and writing the file belong together.
  const queue = new PQueue({ concurrency: 1 });

  /** Encrypts anew what is there under an old key; where that fails, the old one still serves. */
  const renew = async (name: string, old: string, value: string): Promise<void> => {
    try {
      const encrypted = await cipher.encrypt(value);
      const secrets = await file.read();
      if (secrets.ok && secrets.value.get(name) === old) await file.write(new Map(secrets.value).set(name, encrypted));
    } catch {
      return;
    }
  };
  const read = async (name: string): Promise<Result<string | null, Fault>> => {
    const secrets = await file.read();
    if (!secrets.ok) return secrets;
    const encrypted = secrets.value.get(name);
    if (encrypted === undefined) return ok(null);
    try {
      const { value, stale } = await cipher.decrypt(encrypted);
      if (stale) await renew(name, encrypted, value);
      return ok(value);
    } catch (error) {
      return err({ kind: "refused", code: "no-secret", detail: undecryptable(name, error) });
    }
  };
  const write = async (name: string, value: string): Promise<Result<null, Fault>> => {
    try {
      const encrypted = await cipher.encrypt(value);
      const secrets = await file.read();
      return secrets.ok ? await file.write(new Map(secrets.value).set(name, encrypted)) : secrets;
    } catch (error) {
      return err({ kind: "transport", code: "disk", detail: `keeping ${name}: ${errorWords(error, value)}` });
    }
  };
  const remove = async (name: string): Promise<Result<null, Fault>> => {
    const secrets = await file.read();
    if (!secrets.ok) return secrets;
    const left = new Map(secrets.value);
    return left.delete(name) ? await file.write(left) : err({ kind: "policy", code: "not-found-here", detail: name });
  };
  return {
    read: (name) => queue.add(() => read(name)),
    write: (name, value) => queue.add(() => write(name, value)),
    delete: (name) => queue.add(() => remove(name)),
    names: () =>
      queue.add(async () => {
        const secrets = await file.read();
        return secrets.ok ? ok(Array.from(secrets.value.keys())) : secrets;
      }),
  };
}

function undecryptable(name: string, error: unknown): string {
  // A key ring that is locked for now says so; anything else means that the key is another.
  if (/temporar/iu.test(errorWords(error, null))) return `${name}: the key store of this system is locked for now`;
  return `${name}: it is kept here and can no longer be decrypted, because another user or another key encrypted it; store it again`;
}
