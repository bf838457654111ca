import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { CommandRow } from "../../electron/cli/command-table.ts";
import type { Command } from "../../electron/cli/command.ts";
import type { MachinePort } from "../../electron/config/machine-reading.ts";
import { runCli } from "../../electron/cli/run-cli.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";

/** A stream that keeps what is written, and can break as a closed pipe does. */
function heldSink(terminal: { readonly columns: number } | null = null) {
  const events = new EventEmitter();
  let text = "";
  return {
    ...(terminal === null ? {} : { isTTY: true, ...terminal }),
    write: (part: string): boolean => {
      text += part;
      events.emit("written");
      return true;
    },
    on: (name: "error", listener: (error: Error) => void) => events.on(name, listener),
    off: (name: "error", listener: (error: Error) => void) => events.off(name, listener),
    break: () => events.emit("error", new Error("EPIPE")),
    listeners: () => events.listenerCount("error"),
    text: () => text,
    /** Resolves once `part` has been written. */
    shows: (part: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!text.includes(part)) return;
          events.off("written", look);
          resolve();
        };
        events.on("written", look);
        look();
      }),
  };
}

export interface CliRun {
  readonly code: Promise<number>;
  readonly stdout: ReturnType<typeof heldSink>;
  readonly stderr: ReturnType<typeof heldSink>;
  readonly stdin: PassThrough;
  /** As a person or the system would send it. */
  signal(name: "SIGINT" | "SIGTERM"): void;
  /** What the process was told to end with at once. */
  readonly exits: readonly number[];
  readonly signalListeners: () => number;
  /** The lines of stdout, parsed. */
  lines(): readonly Readonly<Record<string, unknown>>[];
}

export interface CliSetting {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly folder?: string;
  readonly platform?: NodeJS.Platform;
  readonly commands?: Readonly<Record<string, Command>>;
  readonly isTTY?: boolean;
  readonly clock?: FakeClock;
  /** What IT has set; nothing unless given. */
  readonly machine?: MachinePort;
  /** Where standard error is a terminal, and how wide. */
  readonly terminal?: { readonly columns: number };
  readonly onRefused?: (words: string) => Promise<void>;
}

/** Runs the command line in this process with surroundings of its own. */
export function runHere(argv: readonly string[], setting: CliSetting = {}): CliRun {
  const signals = new EventEmitter();
  const exits: number[] = [];
  const [stdout, stderr] = [heldSink(), heldSink(setting.terminal)];
  const folder = setting.folder ?? "/nowhere";
  const stdin = Object.assign(new PassThrough(), { isTTY: setting.isTTY ?? false });
  const commands =
    setting.commands === undefined
      ? {}
      : {
          commands: Object.fromEntries(
            Object.entries(setting.commands).map(([name, command]): [string, CommandRow] => [name, { summary: `does ${name}`, load: () => Promise.resolve(command) }]),
          ),
        };
  const code = runCli({
    argv,
    env: setting.env ?? {},
    cwd: setting.cwd ?? folder,
    folders: { config: folder, data: folder, cache: folder },
    platform: setting.platform ?? "linux",
    clock: setting.clock ?? createFakeClock(),
    random: Math.random,
    stdin,
    stdout,
    stderr,
    program: "callside",
    ...(setting.machine === undefined ? {} : { machine: setting.machine }),
    signals: { on: (name, listener) => signals.on(name, listener), off: (name, listener) => signals.off(name, listener), exit: (status) => exits.push(status) },
    ...commands,
    ...(setting.onRefused === undefined ? {} : { onRefused: setting.onRefused }),
  });
  return {
    code,
    stdout,
    stderr,
    stdin,
    signal: (name) => signals.emit(name),
    exits,
    signalListeners: () => signals.listenerCount("SIGINT") + signals.listenerCount("SIGTERM"),
    lines: () =>
      stdout
        .text()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  };
}
