import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { SecretRow } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createKnownValues } from "./known-values.ts";
import { createMemoryStore } from "./memory-store.ts";
import { createPatientStore } from "./patient-store.ts";
import { nameFault, valueFault } from "./secret-rules.ts";
import type { KeyStore, OpenedVault } from "./vault.ts";

export interface VaultOptions {
  /** Secrets by the exact name of a variable. Blanks at the ends do not count; one that is blank counts as not set. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What protects secrets on this machine; null where nothing does. */
  readonly keyStore: KeyStore | null;
  /** Why there is no key store; null where there is one. */
  readonly why: string | null;
  readonly clock: Clock;
}

/**
 * The vault (contract 4.1): the environment first, then the key store, or memory where there is none. A read of the key
 * store is shared by those who ask at the same time and kept for nobody else, so that a replaced secret is in the next
 * request. Faults name the secret and never hold a value; printing or serialising the vault shows none.
 */
export function openVault({ env, keyStore, why, clock }: VaultOptions): OpenedVault {
  const store = keyStore === null ? createMemoryStore() : createPatientStore(keyStore, clock);
  const keptIn = keyStore === null ? "memory" : "key-store";
  const known = createKnownValues();
  const asked = new Set<string>();
  const reading = new Map<string, ReturnType<KeyStore["read"]>>();
  let names: readonly string[] = [];
  let trouble: string | null = why;

  const given = (name: string): string | null => {
    // Own variables only: `constructor` is the name of a secret like any other.
    const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
    return value === undefined || value === "" ? null : value;
  };

  const stored = async (name: string): Promise<Result<string | null, Fault>> => {
    const under = reading.get(name) ?? store.read(name);
    reading.set(name, under);
    try {
      const read = await under;
      if (read.ok && read.value !== null) known.add(read.value);
      return read;
    } finally {
      if (reading.get(name) === under) reading.delete(name);
    }
  };

  const read = async (name: string): Promise<Result<string | null, Fault>> => {
    const fault = nameFault(name);
    if (fault !== null) return err(fault);
    asked.add(name);
    const value = given(name);
    if (value === null) return await stored(name);
    known.add(value);
    return ok(value);
  };

  /** Changes what is kept: a read that began before must not be shared with those who ask afterwards. */
  const changed = async (name: string, change: ReturnType<KeyStore["write"]>): Promise<Result<null, Fault>> => {
    reading.delete(name);
    const done = await change;
    reading.delete(name);
    return done;
  };

  return {
    read,
    async put(name, value) {
      const fault = nameFault(name) ?? valueFault(name, value);
      if (fault !== null) return err(fault);
      asked.add(name);
      // Before it is kept: what goes wrong with it must not show it either.
      known.add(value);
      return await changed(name, store.write(name, value));
    },
    async delete(name) {
      const fault = nameFault(name);
      if (fault !== null) return err(fault);
      asked.add(name);
      const done = await changed(name, store.delete(name));
      if (done.ok || done.error.code !== "not-found-here" || given(name) === null) return done;
      return err({ kind: "policy", code: "not-allowed", detail: `${name} comes from the environment: take the variable away there and start Callside again` });
    },
    async test(name) {
      const value = await read(name);
      if (!value.ok) return value;
      if (value.value === null) return ok(null);
      return ok(given(name) === null ? keptIn : "environment");
    },
    watch(watched) {
      for (const name of watched) if (nameFault(name) === null) asked.add(name);
    },
    async rows() {
      const listed = await store.names();
      // Names that cannot be listed now have not gone away.
      if (listed.ok) names = listed.value;
      if (keyStore !== null) trouble = listed.ok ? null : listed.error.detail;
      const kept = names.map((name): SecretRow => ({ name, source: keptIn, shadowed: given(name) !== null }));
      const fromEnvironment = Array.from(asked)
        .filter((name) => given(name) !== null && !names.includes(name))
        .map((name): SecretRow => ({ name, source: "environment", shadowed: false }));
      return [...kept, ...fromEnvironment].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    keptIn: () => keptIn,
    why: () => trouble,
    known: () => known.list(),
  };
}
