import type { Clock } from "../../shared/clock.ts";
import type { Environment } from "../config/environment.ts";
import type { Folders } from "../config/folders.ts";
import type { MachinePort } from "../config/machine-reading.ts";
import type { Arguments, OptionTable } from "./arguments.ts";
import type { Output, TextSink } from "./output.ts";

/** Exit codes of design 6. */
export const exitCodes = {
  done: 0,
  /** The answer is no: refused, failed, invalid, broken. */
  no: 1,
  /** It could not be tried: wrong usage, configuration, unreachable, cancelled. */
  notTried: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What the surroundings give to every command. */
export interface Surroundings {
  readonly env: Environment;
  /** Where the person stands: relative paths start here. */
  readonly cwd: string;
  readonly folders: Folders;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** How the machine is asked what IT has set; nothing is set unless given. */
  readonly machine?: MachinePort;
  /** How a person starts the program here, for hints on what to type next. */
  readonly program: string;
}

/** What a command gets to work with. */
export interface CommandContext extends Surroundings {
  readonly args: Arguments;
  readonly output: Output;
  /** Aborts when the person or the system ends the program: close everything in order and return. */
  readonly stopped: AbortSignal;
}

/** One command of the command line. */
export interface Command {
  /** What follows the name, besides flags: "[DIR]". */
  readonly usage: string;
  readonly maxPositionals: number;
  readonly options: OptionTable;
  run(context: CommandContext): Promise<ExitCode>;
}

/** The flags of every command. */
export const commonOptions = {
  json: { takes: null, does: "One JSON object per line on stdout." },
  help: { takes: null, does: "Show this." },
} as const satisfies OptionTable;

/** The flags of every command that has a configuration. */
export const configOptions = {
  config: { takes: "FILE", does: "The configuration file, if it is not the one at its usual place." },
  set: { takes: "KEY=VALUE", multiple: true, does: "One value that comes before file and environment; can be repeated." },
} as const satisfies OptionTable;

/** Resolves when the program is to end. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    }, { once: true });
  });
}
