import type { Fault } from "../../shared/fault.ts";
import type { SecretRow } from "../../shared/integration-view.ts";
import type { Result } from "../../shared/result.ts";

/** A place of the OS that keeps secrets, such as its key store. The fault says why it cannot be used, never a value. */
export interface KeyStore {
  read(name: string): Promise<Result<string | null, Fault>>;
  write(name: string, value: string): Promise<Result<null, Fault>>;
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
  put(name: string, value: string): Promise<Result<null, Fault>>;
  /** Deletes what is kept; `not-found-here` where nothing is. What the environment gives cannot be deleted (`not-allowed`). */
  delete(name: string): Promise<Result<null, Fault>>;
  /** By name, never with a value. */
  rows(): Promise<readonly SecretRow[]>;
  keptIn(): "key-store" | "memory";
  /** Why the key store cannot be used; null where it can. */
  why(): string | null;
  /** Values that were read or put since the start: what logs and errors must never hold. */
  known(): readonly string[];
}
