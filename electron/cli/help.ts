import type { OptionTable } from "./arguments.ts";
import type { Command } from "./command.ts";
import { commonOptions } from "./command.ts";
import { commandTable } from "./command-table.ts";

/** What the program can do, in a screenful. */
export function programHelp(program: string, prefix = ""): string {
  const rows = Object.entries(commandTable).filter(([name]) => name.startsWith(prefix));
  return [
    `Usage: ${program} <command> [flags]`,
    "",
    ...columns(rows.map(([name, row]) => [name, row.summary])),
    "",
    `${program} <command> --help tells the flags of a command; --version the version.`,
  ].join("\n");
}

/** What one command takes. */
export function commandHelp(program: string, name: string, command: Command): string {
  const usage = [program, name, command.usage, "[flags]"].filter((part) => part !== "").join(" ");
  const options: OptionTable = { ...command.options, ...commonOptions };
  const rows = Object.entries(options).map(([flag, row]) => [row.takes === null ? `--${flag}` : `--${flag} ${row.takes}`, row.does] as const);
  return [`Usage: ${usage}`, "", commandTable[name]?.summary ?? "", "", ...columns(rows)].join("\n");
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
