import { isDeepStrictEqual } from "node:util";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import type { CommandOutput } from "../../shared/panel.ts";
import type { Result } from "../../shared/result.ts";
import type { OpenedVault } from "../vault/vault.ts";
import { damagedSecretsNotice, memoryNotice, vaultNoticeIds } from "../vault/vault-notice.ts";
import type { Notices } from "./notices.ts";
import type { Records } from "./records.ts";

/**
 * Opens what keeps secrets. Called once, when a secret is first needed: a key store may ask the person, which `signal` ends.
 * `onDamaged` hears where a damaged file of secrets lies now.
 */
export type OpenSecrets = (ports: { readonly signal: AbortSignal; readonly onDamaged: (path: string) => void }) => Promise<OpenedVault>;

export interface SecretsDeskOptions {
  readonly open: OpenSecrets;
  /** Ends the wait for a key store. */
  readonly signal: AbortSignal;
  readonly notices: Notices;
  readonly records: Pick<Records, "note">;
  /** Hears that `name` has another value now, or none. */
  readonly onChanged: (name: string) => void;
}

/** The program's secrets by name (contract 4.1). */
export interface SecretsDesk {
  read(name: string): Promise<Result<string | null, Fault>>;
  put(name: string, value: string): Promise<Result<null, Fault>>;
  delete(name: string): Promise<Result<null, Fault>>;
  /** Whether there is a value now, and where it comes from. */
  test(name: string): Promise<Result<CommandOutput<"secrets.test">, Fault>>;
  /** Names that are of interest: where the environment gives one of them, the view says so from the next look on. */
  watch(names: readonly string[]): void;
  /** Looks at the vault again; gives whether anything is otherwise. */
  look(): Promise<boolean>;
  /** Whether the vault has been asked for anything: by an integration, by a system whose credentials are in it, or by the person. */
  isInUse(): boolean;
  /** What is known of the vault, as of the last look; null before the first. */
  view(): IntegrationsView["secrets"] | null;
  /** Values that must never be written anywhere. */
  known(): readonly string[];
}

/** Binds the vault: what is put and deleted is told to the audit file by name, and that memory alone keeps it to the person. */
export function createSecretsDesk({ open, signal, notices, records, onChanged }: SecretsDeskOptions): SecretsDesk {
  let opening: Promise<OpenedVault> | null = null;
  let opened: OpenedVault | null = null;
  let shown: IntegrationsView["secrets"] | null = null;
  let watched: readonly string[] = [];
  const onDamaged = (path: string): void => {
    notices.raise(damagedSecretsNotice(path));
  };
  const vault = (): Promise<OpenedVault> => (opening ??= open({ signal, onDamaged }).then((it) => (opened = it)));

  const look = async (): Promise<boolean> => {
    const it = await vault();
    it.watch(watched);
    const rows = await it.rows();
    const why = it.why();
    // Of no concern to those who store nothing, or give all by the environment.
    if (why !== null && rows.some(({ source }) => source === "memory")) notices.raise(memoryNotice(why));
    else notices.clear(vaultNoticeIds.memory);
    const next = { keptIn: it.keptIn(), why, rows };
    if (isDeepStrictEqual(next, shown)) return false;
    shown = next;
    return true;
  };
  const after = async (done: Result<null, Fault>, event: string, name: string): Promise<Result<null, Fault>> => {
    if (!done.ok) return done;
    records.note(event, { name });
    await look();
    onChanged(name);
    return done;
  };

  return {
    read: async (name) => (await vault()).read(name),
    put: async (name, value) => after(await (await vault()).put(name, value), "SECRET_STORED", name),
    delete: async (name) => after(await (await vault()).delete(name), "SECRET_DELETED", name),
    async test(name) {
      const source = await (await vault()).test(name);
      return source.ok ? { ok: true, value: { source: source.value } } : source;
    },
    watch: (names) => {
      watched = [...new Set(names)];
    },
    look,
    isInUse: () => opening !== null,
    view: () => shown,
    known: () => opened?.known() ?? [],
  };
}
