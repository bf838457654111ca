import type { Fault } from "../../shared/fault.ts";
import type { SecretRow } from "../../shared/integration-view.ts";
import type { Result } from "../../shared/result.ts";

/**
 * A place of the OS that keeps secrets, such as its key store. The fault says why it cannot be used, never a value:
 * `no-secret` where a value is there and cannot be had, `disk` where the store cannot be read or written.
 */
export interface KeyStore {
  /** The value; null where there is none. */
  read(name: string): Promise<Result<string | null, Fault>>;
  /** Keeps a value, in the place of one of the same name. */
  write(name: string, value: string): Promise<Result<null, Fault>>;
  /** `not-found-here` where nothing is kept. A value that cannot be read any more can be deleted like any other. */
  delete(name: string): Promise<Result<null, Fault>>;
  names(): Promise<Result<readonly string[], Fault>>;
}

/**
 * Secrets by name. One that the environment gives comes before a kept one of the same name. Where the OS offers no real
 * protection, what is put is kept in memory until the program ends, and `keptIn` says so.
 */
export interface Vault {
  /** The value, for the request that needs it and nothing else; null where there is none. */
  read(name: string): Promise<Result<string | null, Fault>>;
  /** 1 to 10,000 characters without NUL (`invalid-input`); replaces what is kept under the name. */
  put(name: string, value: string): Promise<Result<null, Fault>>;
  /** Deletes what is kept; `not-found-here` where nothing is. What the environment gives cannot be deleted (`not-allowed`). */
  delete(name: string): Promise<Result<null, Fault>>;
  /** By name, never with a value; one row for each name, in the order of the names. */
  rows(): Promise<readonly SecretRow[]>;
  keptIn(): "key-store" | "memory";
  /** Why the key store cannot be used, or could not be when it was last asked; null where it can. */
  why(): string | null;
  /** Values that were read or put since the start, the longest first: what logs and errors must never hold. */
  known(): readonly string[];
}

/** The vault as `openVault` gives it. */
export interface OpenedVault extends Vault {
  /** From where a secret would be had now, by really reading it; null where there is none. */
  test(name: string): Promise<Result<SecretRow["source"] | null, Fault>>;
  /** Names that definitions refer to: only these, and those that were asked for, are looked for in the environment by `rows`. */
  watch(names: readonly string[]): void;
}
