import { readFile } from "node:fs/promises";
import { leftToVault } from "../app/credential-environment.ts";
import { lookAtHistory, secretsOutcome, secretsUnused } from "../app/health-kept.ts";
import { systemMachine } from "../app/health-machine.ts";
import { nodeFiles } from "../files/node-files.ts";
import { skipped } from "../health/outcome.ts";
import type { DoctorSources } from "./doctor.ts";
import type { OpenSecretVault } from "./secret-vault.ts";

/**
 * What the checks are made from without a panel. Nothing is opened that another Callside on this machine may hold: no
 * connection, no history, no audit file. The bridge is among the systems, because without a panel it is a service.
 */
export const doctorSources = (openVault: OpenSecretVault): DoctorSources => (context, config) => {
  const { env, clock, folders } = context;
  const wanted = config.current();
  let known: readonly string[] = [];
  return {
    machine: systemMachine(),
    config,
    wanted,
    env,
    clock,
    readFile: (path) => readFile(path, "utf8"),
    newId: () => crypto.randomUUID(),
    files: nodeFiles,
    dataFolder: folders.data,
    knownSecrets: () => known,
    trouble: () => null,
    history: () => lookAtHistory(folders.data, (path) => nodeFiles.size(path)),
    async secrets(signal) {
      // Where the environment lacks credentials, a panel takes them from there, as first run kept them.
      if (wanted.integrations === undefined && leftToVault(env, wanted).length === 0) return secretsUnused();
      const vault = await openVault({ ...context, stopped: signal });
      known = vault.known();
      return secretsOutcome({ keptIn: vault.keptIn(), why: vault.why(), rows: await vault.rows() });
    },
    connection: () => skipped("not connected by this command"),
  };
};
