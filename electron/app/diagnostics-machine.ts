import { freemem, release, totalmem } from "node:os";
import type { Diagnostics } from "../diagnostics/diagnostics.ts";
import { readVersion } from "../cli/version.ts";

/** What the program runs on. */
export type Running = Omit<Diagnostics["program"], "shownIn" | "mode">;

const MB = 1024 * 1024;

/** This process and machine, now; no name of either. */
export function systemRunning(): Running {
  const { rss, heapUsed } = process.memoryUsage();
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    ...systemVersions(),
    locale,
    timeZone,
    uptimeSeconds: Math.round(process.uptime()),
    memoryMb: { used: Math.round(rss / MB), heap: Math.round(heapUsed / MB), machineFree: Math.round(freemem() / MB), machine: Math.round(totalmem() / MB) },
  };
}

/** The versions of the program and of what it stands on. */
export function systemVersions(): Pick<Running, "version" | "node" | "electron" | "system"> {
  return {
    version: readVersion(),
    node: process.versions.node,
    electron: process.versions["electron"] ?? null,
    system: `${process.platform} ${process.arch} ${release()}`,
  };
}
