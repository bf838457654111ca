import { nearestKey } from "../../shared/nearest-key.ts";
import { readArguments } from "./arguments.ts";
import type { CommandRow } from "./command-table.ts";
import { commandTable } from "./command-table.ts";
import type { Surroundings } from "./command.ts";
import { commonOptions, exitCodes } from "./command.ts";
import { commandHelp, programHelp } from "./help.ts";
import type { Output } from "./output.ts";
import { createOutput } from "./output.ts";
import type { SignalPorts } from "./stop-signals.ts";
import { watchStarter, watchStopSignals } from "./stop-signals.ts";
import { readVersion } from "./version.ts";

export interface CliOptions extends Surroundings {
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly signals: SignalPorts;
  /** Hears why a command's arguments were refused, where no terminal may show it. */
  readonly onRefused?: (words: string) => Promise<void>;
  /** The process id of the parent, where the program is to end with it. */
  readonly parent?: () => number;
  /** The commands; all of them unless told otherwise. */
  readonly commands?: Readonly<Record<string, CommandRow>>;
}

/** Runs one command to its end and gives the exit code (design 6). */
export async function runCli(options: CliOptions): Promise<number> {
  const { argv, commands = commandTable } = options;
  const stop = new AbortController();
  using output = createOutput({
    json: argv.includes("--json"),
    stdout: options.stdout,
    stderr: options.stderr,
    clock: options.clock,
    onBroken: () => {
      stop.abort();
    },
  });
  const found = findCommand(argv, commands);
  if (found === null) return answerWithoutCommand(options, output, commands);

  const command = await found.row.load();
  const args = readArguments(found.rest, { ...command.options, ...commonOptions }, command.maxPositionals);
  if (found.rest.includes("--help")) {
    output.raw(commandHelp(options.program, found.name, command));
    return exitCodes.done;
  }
  if (!args.ok) {
    output.error(`${found.name}: ${args.error}`);
    await options.onRefused?.(args.error);
    return exitCodes.notTried;
  }
  using stack = new DisposableStack();
  const end = (): void => {
    stop.abort();
  };
  stack.use(watchStopSignals(options.signals, options.clock, end));
  if (options.parent !== undefined) stack.use(watchStarter({ clock: options.clock, parent: options.parent }, end));
  // Awaited here, because what is `using` ends with this function.
  return await command.run({ ...options, args: args.value, output, stopped: stop.signal });
}

interface FoundCommand {
  readonly name: string;
  readonly row: CommandRow;
  readonly rest: readonly string[];
}

/** The command that the first words name: "config check", or one word. Common flags may stand before it. */
function findCommand(argv: readonly string[], commands: Readonly<Record<string, CommandRow>>): FoundCommand | null {
  const start = argv.findIndex((word) => word !== "--json");
  for (const length of [2, 1]) {
    const name = argv.slice(start, start + length).join(" ");
    const row = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (start >= 0 && row !== undefined) return { name, row, rest: argv.toSpliced(start, length) };
  }
  return null;
}

function answerWithoutCommand(
  options: CliOptions,
  output: Output,
  commands: Readonly<Record<string, CommandRow>>,
): number {
  const words = options.argv.filter((word) => !word.startsWith("-"));
  const [first = ""] = words;
  const known = Object.keys(commands);
  const isGroup = first !== "" && known.some((name) => name.startsWith(`${first} `));
  if (options.argv.includes("--version") && words.length === 0) {
    output.raw(readVersion());
    return exitCodes.done;
  }
  if (options.argv.includes("--help") && (words.length === 0 || (isGroup && words.length === 1))) {
    output.raw(programHelp(options.program, isGroup ? `${first} ` : ""));
    return exitCodes.done;
  }
  if (words.length === 0 && options.argv.length === 0) {
    output.error(`a command is missing.\n\n${programHelp(options.program)}`);
    return exitCodes.notTried;
  }
  const given = isGroup ? words.slice(0, 2).join(" ") : (words.length === 0 ? options.argv : words).slice(0, 1).join("");
  const near = nearestKey(words.slice(0, 2).join(" "), known) ?? nearestKey(given, known);
  const hint = near === null ? "" : `did you mean ${near}? `;
  output.error(`unknown command ${JSON.stringify(given.slice(0, 40))}; ${hint}allowed: ${known.join(", ")}`);
  return exitCodes.notTried;
}
