import type * as Electron from "electron";
import type { KeyringModule } from "../../electron/vault/keyring-store.ts";
import { openVault, type VaultOptions } from "../../electron/vault/open-vault.ts";
import type { KeyStore, OpenedVault } from "../../electron/vault/vault.ts";
import { createFakeClock } from "./fake-clock.ts";

/** A vault as tests need it: nothing in the environment and no key store, unless given. */
export function openTestVault(options: Partial<VaultOptions> = {}): OpenedVault {
  const keyStore: KeyStore | null = options.keyStore ?? null;
  return openVault({ env: {}, keyStore, why: keyStore === null ? "this is a test" : null, clock: createFakeClock(), ...options });
}

export interface FakeKeyring {
  readonly module: KeyringModule;
  /** What lies in it: `service/account` and text. */
  readonly entries: Map<string, string>;
  /** The stores that entries were pinned to, for Linux. */
  readonly pins: Set<string | undefined>;
  /** What happens before an operation, such as throwing; each is called as `set`, `get` or `delete`, and the account. */
  before: (operation: "set" | "get" | "delete", account: string) => void | Promise<void>;
}

/** What Windows takes for one entry, in bytes of UTF-16. */
const WINDOWS_BYTES = 2_560;

/** A key ring in memory, as narrow as that of Windows: short entries, and no names that differ in case only. */
export function createFakeKeyring(): FakeKeyring {
  const entries = new Map<string, string>();
  const pins = new Set<string | undefined>();
  const keyring: FakeKeyring = {
    entries,
    pins,
    before: () => undefined,
    module: {
      AsyncEntry: class {
        readonly #account: string;
        readonly #key: string;
        constructor(service: string, account: string, options?: { readonly linux?: { readonly store: string } }) {
          this.#account = account;
          this.#key = `${service}/${account}`.toLowerCase();
          pins.add(options?.linux?.store);
        }
        async setPassword(text: string): Promise<void> {
          await keyring.before("set", this.#account);
          if (Buffer.byteLength(text, "utf16le") > WINDOWS_BYTES) throw new Error(`Attribute 'password' is longer than platform limit of ${WINDOWS_BYTES} chars`);
          // As UTF-8 is on its way to the OS: halves of characters do not survive it.
          entries.set(this.#key, Buffer.from(text, "utf8").toString("utf8"));
        }
        async getPassword(): Promise<string | null> {
          await keyring.before("get", this.#account);
          return entries.get(this.#key) ?? null;
        }
        async deletePassword(): Promise<boolean> {
          await keyring.before("delete", this.#account);
          return entries.delete(this.#key);
        }
      },
    },
  };
  return keyring;
}

export interface FakeSafeStorage {
  readonly electron: Pick<typeof Electron, "app" | "safeStorage">;
  /** The key that is in use; another one cannot read what this one wrote. */
  key: string;
  available: boolean;
  backend: ReturnType<Electron.SafeStorage["getSelectedStorageBackend"]>;
  /** What Chromium's texts begin with: `v10` on Linux where the key is one that everybody knows. */
  prefix: string;
  shouldReEncrypt: boolean;
  /** Rejects every call with this error, while set. */
  error: Error | null;
  /** Makes the app ready; without it nothing works. */
  ready: PromiseWithResolvers<void>;
}

/** A stand-in for Electron's safe storage that turns texts around with a key; ready from the start. */
export function createFakeSafeStorage(): FakeSafeStorage {
  const ready = Promise.withResolvers<void>();
  ready.resolve();
  const fake: FakeSafeStorage = {
    key: "first",
    available: true,
    backend: "gnome_libsecret",
    prefix: "v11",
    shouldReEncrypt: false,
    error: null,
    ready,
    electron: {
      app: { whenReady: () => fake.ready.promise } as Electron.App,
      safeStorage: {
        isAsyncEncryptionAvailable: async () => fake.available,
        getSelectedStorageBackend: () => fake.backend,
        async encryptStringAsync(text: string) {
          if (fake.error !== null) throw fake.error;
          return Buffer.from(`${fake.prefix}${fake.key}:${Buffer.from(text, "utf8").toString("hex")}`, "latin1");
        },
        async decryptStringAsync(bytes: Buffer) {
          if (fake.error !== null) throw fake.error;
          const [, key, hex] = /^v1[01](\w+):([0-9a-f]*)$/u.exec(bytes.toString("latin1")) ?? [];
          if (key !== fake.key || hex === undefined) throw new Error("Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.");
          return { result: Buffer.from(hex, "hex").toString("utf8"), shouldReEncrypt: fake.shouldReEncrypt };
        },
      } as Electron.SafeStorage,
    },
  };
  return fake;
}
