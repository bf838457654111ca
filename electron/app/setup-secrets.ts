import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import { setupSecrets, type SetupSystemName } from "../../shared/setup-fields.ts";
import type { SetupSecret, SetupSystem } from "../../shared/setup.ts";
import type { Environment } from "../config/environment.ts";
import { variable } from "../config/environment.ts";
import type { OpenedVault } from "../vault/vault.ts";
import { mendSecret } from "./setup-form.ts";

type Source = SetupSystem["secrets"][number]["source"];

/** The secrets of the first run: where each comes from, and a way for a new one. Opened when they are first looked at. */
export interface SetupSecrets {
  /** Looks where each comes from now. */
  look(): Promise<void>;
  /** As of the last look. */
  of(system: SetupSystemName): SetupSystem["secrets"];
  /** Why they could not be kept beyond this run, as of the last look. */
  hindrance(): string | null;
  put(secret: SetupSecret): Promise<Result<null, Fault>>;
  /** The environment, and behind it what the vault holds for a system: what a trial runs with. */
  envFor(system: SetupSystemName): Promise<Environment>;
}

export interface SetupSecretsOptions {
  readonly env: Environment;
  readonly vault: () => Promise<Pick<OpenedVault, "test" | "read" | "keptIn" | "why">>;
  /** Keeps a secret where the program that runs hears of it. */
  readonly put: (name: string, value: string) => Promise<Result<null, Fault>>;
}

export function createSetupSecrets({ env, vault, put }: SetupSecretsOptions): SetupSecrets {
  const sources = new Map<string, Source>();
  let hindrance: string | null = null;

  return {
    async look() {
      const held = await vault();
      const names = new Set<string>(Object.values(setupSecrets).flat());
      for (const name of names) {
        const found = await held.test(name);
        sources.set(name, found.ok ? found.value : null);
      }
      hindrance = held.keptIn() === "memory" ? (held.why() ?? "") : null;
    },
    of: (system) =>
      setupSecrets[system].map((name) => ({ name, source: hasOwnVariable(env, system, name) ? "environment" : (sources.get(name) ?? null) })),
    hindrance: () => hindrance,
    async put({ name, value }) {
      const mended = mendSecret(name, value);
      if (mended === "") return err({ kind: "policy", code: "invalid-input", detail: `${name}: found nothing but blanks; allowed: the text that the vendor's console shows` });
      return put(name, mended);
    },
    async envFor(system) {
      const held = await vault();
      const found: Record<string, string | undefined> = { ...env };
      for (const name of setupSecrets[system]) {
        if (variable(env, name) !== undefined) continue;
        const read = await held.read(name);
        if (read.ok && read.value !== null) found[name] = read.value;
      }
      return found;
    },
  };
}

/** One system may have credentials of its own in the environment, before those that serve all (contract 0). */
function hasOwnVariable(env: Environment, system: SetupSystemName, name: string): boolean {
  return name.startsWith("COGNIGY_CLIENT_") && variable(env, name.replace("COGNIGY", `CALLSIDE_${system.toUpperCase()}`)) !== undefined;
}
