import { DatabaseSync } from "node:sqlite";

/** How many rows each table of the history has; empty where it cannot be read. Only counts are asked for. */
export function historyRows(file: string): Readonly<Record<string, number>> {
  try {
    using database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const counted = tables.flatMap(({ name }) => {
      if (typeof name !== "string" || !/^[a-z_]{1,40}$/u.test(name) || name.startsWith("sqlite_")) return [];
      const count = database.prepare(`SELECT count(*) AS rows FROM ${name}`).get()?.["rows"];
      return typeof count === "number" ? [[name, count] as const] : [];
    });
    return Object.fromEntries(counted);
  } catch {
    return {};
  }
}
