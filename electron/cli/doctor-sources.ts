import { readFile } from "node:fs/promises";
import { type Clock, wait } from "../../shared/clock.ts";
import { leftToVault } from "../app/credential-environment.ts";
import { lookAtHistory, secretsOutcome, secretsUnused } from "../app/health-kept.ts";
import { systemMachine } from "../app/health-machine.ts";
import { nodeFiles } from "../files/node-files.ts";
import { skipped } from "../health/outcome.ts";
import type { OpenedVault } from "../vault/vault.ts";
import type { DoctorSources } from "./doctor.ts";
import { keptCredentials } from "./headless-credentials.ts";
import type { OpenSecretVault } from "./secret-vault.ts";

/** The checks begin without what a key store that asks the person for a password has not given by then. */
const PATIENCE_MS = 2_000;

/**
 * What the checks are made from without a panel. Nothing is opened that another Callside on this machine may hold: no
 * connection, no history, no audit file. The bridge is among the systems, because without a panel it is a service.
 */
export const doctorSources = (openVault: OpenSecretVault): DoctorSources => async (context, config) => {
  const { env, clock, folders, stopped } = context;
  const wanted = config.current();
  const missing = [...new Set(leftToVault(env, wanted))];
  let known = (): readonly string[] => [];
  const openOnce = async (): Promise<OpenedVault> => {
    const vault = await openVault(context);
    known = () => vault.known();
    return vault;
  };
  let opening: Promise<OpenedVault> | null = null;
  const vault = (): Promise<OpenedVault> => (opening ??= openOnce());
  const kept = missing.length === 0 ? {} : await withPatience(clock, stopped, vault().then(async (opened) => (await keptCredentials(opened, missing)).values));
  return {
    machine: systemMachine(),
    config,
    wanted,
    // As a panel has them: first run keeps there what the environment does not give.
    env: { ...env, ...kept },
    clock,
    readFile: (path) => readFile(path, "utf8"),
    newId: () => crypto.randomUUID(),
    files: nodeFiles,
    dataFolder: folders.data,
    knownSecrets: () => known(),
    trouble: () => null,
    history: () => lookAtHistory(folders.data, (path) => nodeFiles.size(path)),
    async secrets() {
      if (wanted.integrations === undefined && missing.length === 0) return secretsUnused();
      const opened = await vault();
      return secretsOutcome({ keptIn: opened.keptIn(), why: opened.why(), rows: await opened.rows() });
    },
    connection: () => skipped("not connected by this command"),
  };
};

type Kept = Readonly<Record<string, string>>;

async function withPatience(clock: Clock, stopped: AbortSignal, reading: Promise<Kept>): Promise<Kept> {
  const enough = new AbortController();
  // A place for secrets that fails is told by its own check.
  const kept = await Promise.race([reading.catch(() => ({})), wait(clock, PATIENCE_MS, AbortSignal.any([stopped, enough.signal])).then(() => ({}))]);
  enough.abort();
  return kept;
}
