import { z } from "zod";
import { crashReportSchema } from "./crash-report.ts";
import { toldLineSchema } from "./log-line.ts";

const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();
/** Times are told as people read them. */
const time = z.iso.datetime();

const fault = z.object({ code: z.string(), detail: z.string(), status: z.number().int().exactOptional(), closeCode: z.number().int().exactOptional() });

/**
 * All that a file of diagnostics can hold: whatever is not named here does not get in, whoever composes it. No transcript,
 * no message, no suggestion, no name of a customer, no secret, no value of the environment, and no whole address has a
 * place in it. Texts are words of ours or of a machine, and go through redaction besides.
 */
export const diagnosticsSchema = z.object({
  program: z.object({
    version: z.string(),
    node: z.string(),
    electron: z.string().nullable(),
    system: z.string(),
    locale: z.string(),
    timeZone: z.string(),
    shownIn: z.enum(["window", "browser"]),
    mode: z.enum(["live", "practice"]),
    uptimeSeconds: ms,
    memoryMb: z.object({ used: ms, heap: ms, machineFree: ms, machine: ms }),
  }),
  configuration: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()])).nullable()),
  connections: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      since: time.nullable(),
      lastHeardAt: time.nullable(),
      attempt: count.nullable(),
      retryAt: time.nullable(),
      fault: fault.nullable(),
      lost: count.nullable(),
    }),
  ).readonly(),
  tunnel: z.object({
    handshakeMs: ms.nullable(),
    latencyMs: ms.nullable(),
    p50: ms.nullable(),
    p95: ms.nullable(),
    lastBeatAt: time.nullable(),
    reconnects: count,
    countedSince: time,
    pushes: count,
    ignored: count,
    transitions: z.array(z.object({ at: time, state: z.string(), code: z.string().nullable() })).readonly(),
  }).nullable(),
  bridge: z.object({
    since: time,
    scope: z.string(),
    received: count,
    answered: count,
    leftToAgent: count,
    withheld: count,
    duplicates: count,
    malformed: count,
    waiting: count,
    working: count,
    deadLetters: count,
    deadLetterCodes: z.array(z.string()).readonly(),
    uncertain: count,
    clockAheadMs: ms.nullable(),
    storage: z.string().nullable(),
    paused: z.array(z.object({ host: z.string(), until: time, why: z.string() })).readonly(),
    hops: z.array(z.object({ hop: z.string(), level: z.string().nullable(), recentMs: ms.nullable(), p50: ms.nullable(), p95: ms.nullable(), p99: ms.nullable(), count })).readonly(),
  }).nullable(),
  integrations: z.object({
    definitions: z.array(
      z.object({ method: z.string(), host: z.string(), problems: count, registered: z.boolean(), calls: count, failures: count, p50: ms.nullable(), p95: ms.nullable(), p99: ms.nullable() }),
    ).readonly(),
    secretsKeptIn: z.string(),
    secrets: count,
  }).nullable(),
  simulations: z.object({
    cases: count.nullable(),
    problems: count,
    work: z.string(),
    fault: fault.nullable(),
    batch: z.object({ end: z.string(), startedAt: time, finishedAt: time, successRate: z.number() }).nullable(),
  }).nullable(),
  health: z.object({
    state: z.string(),
    since: time.nullable(),
    lines: z.array(
      z.object({ subject: z.string(), check: z.string(), target: z.string().nullable(), outcome: z.string(), found: z.string().nullable(), fault: fault.nullable(), tookMs: ms.nullable() }),
    ).readonly(),
  }),
  notices: z.array(z.object({ id: z.string(), level: z.string(), what: z.string(), effect: z.string(), remedy: z.string(), since: time })).readonly(),
  audit: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("off") }),
    z.object({ kind: z.literal("whole"), entries: count, files: count, bytes: count }),
    z.object({ kind: z.literal("broken"), file: z.string(), line: count, files: count, bytes: count }),
    z.object({ kind: z.literal("not-checked"), why: z.string(), files: count, bytes: count }),
  ]),
  history: z.object({ bytes: count.nullable(), rows: z.record(z.string(), count), interactionsOnPanel: count, utterancesOnPanel: count, suggestionsOnPanel: count }),
  metrics: z.array(z.string()).readonly(),
  crashes: z.array(crashReportSchema).readonly(),
  /** The last of the log, oldest first; `cut`: how many older lines were left out so that the file stays small. */
  log: z.object({ cut: count, lines: z.array(toldLineSchema).readonly() }),
});

export type Diagnostics = z.infer<typeof diagnosticsSchema>;
