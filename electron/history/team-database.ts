import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { TEAM_VERSION, teamLineSchema, type TeamInteraction, type TeamLine, type TeamSet } from "../../shared/team.ts";
import { inTransaction, migrate, versionOf } from "../files/migrate.ts";
import { migrations } from "./history-schema.ts";

/** `callside-<desk>-<day>.jsonl` */
const FILE_NAME = /^callside-[\da-f-]{1,64}-\d{4}-\d\d-\d\d\.jsonl$/u;
/** A day of one desk is far below; what is larger is none. */
const MAX_FILE_BYTES = 64 * 1_024 * 1_024;
const MAX_TOLD = 100;

/** What is kept of the team's files beside the tables of a history: which were read, and as what. */
const teamTables = `
  CREATE TABLE team_files (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, why TEXT) STRICT;
  CREATE TABLE team_origins (file INTEGER NOT NULL, interaction INTEGER NOT NULL, PRIMARY KEY (file, interaction)) STRICT, WITHOUT ROWID;
  CREATE INDEX team_origins_by_interaction ON team_origins (interaction);
  CREATE TABLE team_sets (file INTEGER NOT NULL, set_row INTEGER NOT NULL, PRIMARY KEY (file, set_row)) STRICT, WITHOUT ROWID;
  CREATE TABLE team_seen (file INTEGER NOT NULL, agent_id TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (file, agent_id)) STRICT, WITHOUT ROWID;
`;
const teamMigrations = [...migrations, teamTables];

/** A file of the team's folder that could not be read, or not all of it. */
export interface Unread {
  readonly file: string;
  readonly why: string;
}

/** The team's figures, made from the files of its folder. It can be made again at any time: the files are the truth. */
export interface TeamDatabase extends Disposable {
  readonly database: DatabaseSync;
  /** Reads what is new or has changed in the folder, forgets what is gone, and tells what could not be read. Throws the system's error where the folder cannot be read. */
  follow(folder: string): readonly Unread[];
  /** Until when each agent has seen the own figures. */
  seen(): ReadonlyMap<string, number>;
}

/** Opens what was made before, or begins anew where it is of another version or of another folder's making. */
export function openTeamDatabase(file: string): TeamDatabase {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
  if (versionOf(database) > 0 && versionOf(database) !== teamMigrations.length) throw new Error("the team's cache is of another version");
  migrate(database, teamMigrations);
  const forget = createForgetting(database);
  const take = createTaking(database);
  const known = database.prepare("SELECT row, name, stamp, why FROM team_files");
  const addFile = database.prepare("INSERT INTO team_files (name, stamp, why) VALUES (?, ?, ?) RETURNING row");
  const setWhy = database.prepare("UPDATE team_files SET why = ? WHERE row = ?");

  return {
    database,
    follow(folder) {
      const there = new Map(readdirSync(folder).filter((name) => FILE_NAME.test(name)).map((name) => [name, stampOf(join(folder, name))]));
      for (const row of known.all().map((one) => fileRow.parse(one))) {
        if (there.get(row.name) === row.stamp) there.delete(row.name);
        else transaction(database, () => forget(row.row));
      }
      for (const [name, stamp] of there) {
        transaction(database, () => {
          const { row } = numberRow.parse(addFile.get(name, stamp, null));
          const why = takeFile(join(folder, name), (line) => take(row, line));
          if (why !== null) setWhy.run(why, row);
        });
      }
      return known
        .all()
        .map((one) => fileRow.parse(one))
        .flatMap(({ name, why }) => (why === null ? [] : [{ file: name, why }]))
        .slice(0, MAX_TOLD);
    },
    seen() {
      const rows = database.prepare("SELECT agent_id AS agentId, max(until) AS until FROM team_seen GROUP BY agent_id").all();
      return new Map(rows.map((row) => seenRow.parse(row)).map(({ agentId, until }) => [agentId, until]));
    },
    [Symbol.dispose]() {
      database.close();
    },
  };
}

function transaction(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  inTransaction(database, work);
}

function stampOf(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    // Gone since it was listed, or not to be looked at: read again the next time.
    return "unknown";
  }
}

/** Takes each line that can be read; why some could not be, or null. `take` gives why a line cannot be taken. */
function takeFile(path: string, take: (line: TeamLine) => string | null): string | null {
  let text: string;
  try {
    text = readSmall(path);
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
  const bad: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (read.kind === "newer") return `it was written by a newer Callside (version ${read.version} of its lines; this one reads ${TEAM_VERSION})`;
    const why = read.kind === "bad" ? read.why : take(read.line);
    if (why !== null) bad.push(`line ${index + 1}: ${why}`);
  }
  if (bad.length === 0) return null;
  return bad.length === 1 ? (bad[0] ?? "") : `${bad.length} lines could not be read; ${bad[0] ?? ""}`;
}

function readSmall(path: string): string {
  const handle = openSync(path, "r");
  try {
    const { size } = fstatSync(handle);
    if (size > MAX_FILE_BYTES) throw new Error(`it is larger than ${MAX_FILE_BYTES / 1_024 / 1_024} MB`);
    return readFileSync(handle, "utf8");
  } finally {
    closeSync(handle);
  }
}

type ReadLine = { readonly kind: "line"; readonly line: TeamLine } | { readonly kind: "newer"; readonly version: number } | { readonly kind: "bad"; readonly why: string };

function readLine(text: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "bad", why: "not JSON" };
  }
  const parsed = teamLineSchema.safeParse(value);
  if (parsed.success) return { kind: "line", line: parsed.data };
  const version = versionedLine.safeParse(value);
  if (version.success && version.data.version > TEAM_VERSION) return { kind: "newer", version: version.data.version };
  const issue = parsed.error.issues[0];
  return { kind: "bad", why: issue === undefined ? "not a line of a desk" : `${issue.path.map(String).join(".") || "line"}: ${issue.message}` };
}

/** Removes what came from a file, but interactions that another file tells of too. For a transaction. */
function createForgetting(database: DatabaseSync): (file: number) => void {
  const steps = [
    "DELETE FROM set_triggers WHERE set_row IN (SELECT set_row FROM team_sets WHERE file = ?)",
    "DELETE FROM set_withheld WHERE set_row IN (SELECT set_row FROM team_sets WHERE file = ?)",
    "DELETE FROM sets WHERE row IN (SELECT set_row FROM team_sets WHERE file = ?)",
    "DELETE FROM team_sets WHERE file = ?",
    `DELETE FROM interactions WHERE row IN (SELECT interaction FROM team_origins WHERE file = ?1)
       AND NOT EXISTS (SELECT 1 FROM team_origins o WHERE o.interaction = interactions.row AND o.file <> ?1)`,
    "DELETE FROM team_origins WHERE file = ?",
    "DELETE FROM team_seen WHERE file = ?",
    "DELETE FROM team_files WHERE row = ?",
  ].map((sql) => database.prepare(sql));
  return (file) => {
    for (const step of steps) step.run(file);
  };
}

/** Puts a line into the tables that the overview reads; why it cannot be, or null. For a transaction. */
function createTaking(database: DatabaseSync): (file: number, line: TeamLine) => string | null {
  const putInteraction = database.prepare(
    `INSERT INTO interactions (id, status, started_at, ended_at, agent_id, channel, queue, last_at, said, sentiment_start, sentiment_end, stale)
     VALUES (:id, :status, :startedAt, :endedAt, :agentId, :channel, :queue, :startedAt, :said, :sentimentStart, :sentimentEnd, 0)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, ended_at = excluded.ended_at, agent_id = excluded.agent_id, channel = excluded.channel,
       queue = excluded.queue, said = excluded.said, sentiment_start = excluded.sentiment_start, sentiment_end = excluded.sentiment_end RETURNING row`,
  );
  const addOrigin = database.prepare("INSERT OR IGNORE INTO team_origins (file, interaction) VALUES (?, ?)");
  // In the same file, as a desk writes it: what another file tells of may be gone tomorrow.
  const findInteraction = database.prepare("SELECT row FROM interactions i JOIN team_origins o ON o.interaction = i.row AND o.file = ? WHERE i.id = ?");
  const addSet = database.prepare(
    `INSERT INTO sets (interaction, set_id, utterance_id, utterance_at, position, trigger, origin, rejudged, withheld, outcome, policy_version,
       latency_ms, at, current, displayed, copied, sent, used, dismissed, helpful, not_helpful, dropped)
     VALUES (:interaction, :id, '', :at, 0, '', :origin, :rejudged, '', :outcome, '', :latencyMs, :at, :current, :displayed, :copied, :sent, :used,
       :dismissed, :helpful, :notHelpful, :dropped)`,
  );
  const addTeamSet = database.prepare("INSERT INTO team_sets (file, set_row) VALUES (?, ?)");
  const addTrigger = database.prepare("INSERT OR IGNORE INTO set_triggers (set_row, kind, words) VALUES (?, ?, ?)");
  const addWithheld = database.prepare("INSERT OR IGNORE INTO set_withheld (set_row, rule, words, count) VALUES (?, ?, ?, ?)");
  const putSeen = database.prepare("INSERT INTO team_seen (file, agent_id, until) VALUES (?, ?, ?) ON CONFLICT (file, agent_id) DO UPDATE SET until = max(until, excluded.until)");

  const takeInteraction = (file: number, { kind: _kind, endedAt, agentId, channel, queue, ...rest }: TeamInteraction): void => {
    const { row } = numberRow.parse(putInteraction.get({ ...rest, endedAt: endedAt ?? null, agentId: agentId ?? null, channel: channel ?? null, queue: queue ?? null }));
    addOrigin.run(file, row);
  };
  const takeSet = (file: number, { kind: _kind, interaction, triggers, withheld, rejudged, current, ...rest }: TeamSet): string | null => {
    const found = findInteraction.get(file, interaction);
    // Without channel, queue and agent it would count for everybody.
    if (found === undefined) return `interaction: found ${interaction}; allowed is one that a line before it tells of`;
    const dropped = withheld.reduce((sum, one) => sum + (one.rule === "malformed" ? 0 : one.count), 0);
    const { lastInsertRowid } = addSet.run({ ...rest, interaction: numberRow.parse(found).row, rejudged: rejudged ? 1 : 0, current: current ? 1 : 0, dropped });
    addTeamSet.run(file, lastInsertRowid);
    for (const { kind, words } of triggers) addTrigger.run(lastInsertRowid, kind, words);
    for (const { rule, words, count } of withheld) addWithheld.run(lastInsertRowid, rule, words, count);
    return null;
  };

  return (file, line) => {
    if (line.kind === "set") return takeSet(file, line);
    if (line.kind === "interaction") takeInteraction(file, line);
    if (line.kind === "seen") putSeen.run(file, line.agentId, line.until);
    return null;
  };
}

const numberRow = z.object({ row: z.number() });
const fileRow = z.object({ row: z.number(), name: z.string(), stamp: z.string(), why: z.string().nullable() });
const seenRow = z.object({ agentId: z.string(), until: z.number() });
const versionedLine = z.looseObject({ version: z.number() });
