import { statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { readVersion } from "../cli/version.ts";
import { systemResolve } from "../health/resolve.ts";
import type { HealthMachine } from "./health-sources.ts";

/** The machine that this runs on. */
export function systemMachine(): HealthMachine {
  return {
    resolve: systemResolve,
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    home: homedir(),
    versions: { program: readVersion(), node: process.versions.node, electron: process.versions["electron"] ?? null },
  };
}
