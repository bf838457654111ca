import { existsSync, renameSync } from "node:fs";

/**
 * Gives a damaged SQLite file, which must be closed, another name with the files beside it; what was in it can still be
 * looked for there. `now`: ms since the Unix epoch. The new path; throws the operating system's error.
 */
export function setAside(file: string, now: number): string {
  const path = freeName(`${file}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/gu, "-")}`);
  // The log of changes first: one that stayed behind after a crash would be read into the file that is begun anew.
  for (const suffix of ["-wal", "-shm", ""]) if (existsSync(file + suffix)) renameSync(file + suffix, path + suffix);
  return path;
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let count = 2; existsSync(name); count += 1) name = `${wanted}-${count}`;
  return name;
}
