import { z } from "zod";
import { readLogLine, toldLineSchema } from "./log-line.ts";

/**
 * What ended or was caught. `main`: a mistake of ours in the program itself. `page`: the panel's page ended. `frozen`: it
 * answered no more. `child`: a process that Electron runs beside (graphics, network).
 */
const crashKinds = ["main", "page", "frozen", "child"] as const;

/** A report of a crash as it lies on the disk: no memory of the program, and nothing that was said. */
export const crashReportSchema = z.object({
  at: z.iso.datetime(),
  kind: z.enum(crashKinds),
  version: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
  system: z.string(),
  /** What the system or the error says of it. */
  reason: z.string(),
  /** Names of functions with file and line, paths shortened; empty where there is none. */
  stack: z.array(z.string()).readonly(),
  /** How each connection stood. */
  connections: z.record(z.string(), z.string()),
  /** The log's last lines. */
  log: z.array(toldLineSchema).readonly(),
});

export type CrashReport = z.infer<typeof crashReportSchema>;
export type CrashKind = CrashReport["kind"];

/** What happened, as far as the place knows where it was noticed. */
export interface Crash {
  readonly kind: CrashKind;
  readonly reason: string;
  readonly stack?: string;
}

/** What a report tells besides the crash itself. */
export interface CrashSurroundings {
  /** Ms since the Unix epoch. */
  readonly at: number;
  readonly version: string;
  readonly node: string;
  readonly electron: string | null;
  readonly system: string;
  readonly connections: Readonly<Record<string, string>>;
  readonly log: readonly string[];
  /** Takes secrets and personal data out of a text. */
  readonly redact: (text: string) => string;
}

const MAX_FRAMES = 40;
const MAX_TEXT = 2_000;

/** The report of a crash. Paths are cut to what lies within the program. */
export function crashReport({ kind, reason, stack = "" }: Crash, { at, log, redact, connections, ...where }: CrashSurroundings): CrashReport {
  return {
    at: new Date(at).toISOString(),
    kind,
    ...where,
    reason: redact(reason).slice(0, MAX_TEXT),
    stack: framesOf(stack).map(redact),
    connections,
    log: log.flatMap((line) => readLogLine(line, redact) ?? []),
  };
}

/** An error that was thrown, in the two texts of a crash; anything can be thrown. */
export function crashOf(thrown: unknown): Crash {
  if (!(thrown instanceof Error)) return { kind: "main", reason: `something that is no error was thrown (${typeof thrown})` };
  return { kind: "main", reason: `${thrown.name}: ${thrown.message}`, ...(thrown.stack === undefined ? {} : { stack: thrown.stack }) };
}

/** The lines of a stack that name a place; what comes before them is the message, which is told as the reason. */
function framesOf(stack: string): readonly string[] {
  return stack
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^at .{0,400}:\d+(?::\d+)?\)?$/u.test(line))
    .slice(0, MAX_FRAMES)
    .map(shortened);
}

/** `file:///home/x/callside/electron/app.ts:10:3` as `electron/app.ts:10:3`: from the folder that the program knows. */
function shortened(frame: string): string {
  return frame.replace(/(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^()\n]*?[\\/](?=(?:electron|shared|renderer|node_modules|main|resources)[\\/][^()]*\)?$)/u, "");
}
