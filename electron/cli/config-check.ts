import type { Lock } from "../../shared/settings.ts";
import type { Config } from "../config/complete-config.ts";
import { formatProblem } from "../config/config-problem.ts";
import type { MachineState } from "../config/machine-watch.ts";
import { configFileOf, openCommandConfig, problemsMessage } from "./command-config.ts";
import type { Command } from "./command.ts";
import { configOptions, exitCodes } from "./command.ts";

/**
 * `config check`: event `valid {file, sections, locks[{path, by, reason}], policy[{path, message, found, allowed}]}`, or
 * `invalid {errors[{path, message, found, allowed}]}`; exit 0 or 1, which is also the answer where what IT has set for the
 * machine has a mistake (`policy`).
 */
export const configCheck: Command = {
  usage: "",
  maxPositionals: 0,
  options: configOptions,
  async run(context) {
    const { output } = context;
    const opened = await openCommandConfig(context, false);
    if (!opened.ok) {
      const errors = opened.error.map((problem) => ({ ...problem, message: formatProblem(problem) }));
      output.event("invalid", { errors }, problemsMessage(opened.error));
      return exitCodes.no;
    }
    await using source = opened.value;
    const { path } = configFileOf(context);
    const sections = sectionsOf(source.current());
    const locks = source.locks();
    const { problems, agentWanted } = source.machine();
    const policy = [...problems, ...(agentWanted === null ? [] : [agentWanted])].map((problem) => ({ ...problem, message: formatProblem(problem) }));
    const on = sections.length === 0 ? "no section is on" : `on: ${sections.join(", ")}`;
    const lines = [
      `The configuration is valid; ${on}. File: ${path}`,
      ...locks.map((lock) => `  locked: ${lock.path}, ${lockWords(lock)}`),
      ...(policy.length === 0 ? [] : ["What IT has set for this machine has mistakes:", ...policy.map(({ message }) => `  ${message}`), `  ${standingWords(source.machine())}`]),
    ];
    output.event("valid", { file: path, sections, locks, policy }, lines.join("\n"));
    return policy.length === 0 ? exitCodes.done : exitCodes.no;
  },
};

function lockWords({ by, reason }: Lock): string {
  if (by !== "machine") return `set by ${reason}`;
  return reason === "" ? "set by IT" : `set by IT: ${reason}`;
}

function standingWords({ keptAt, rules }: MachineState): string {
  if (keptAt !== null) return `In place of what cannot be read, what was read last holds, of ${new Date(keptAt).toISOString()}.`;
  return rules.unknown === null ? "All else that IT has set holds." : "Nothing was read before: the built-in rules hold at least.";
}

function sectionsOf(config: Config): readonly string[] {
  const { panel: _panel, phrases: _phrases, desktop: _desktop, network: _network, ...capabilities } = config;
  return Object.entries(capabilities).flatMap(([name, section]) => (section === undefined ? [] : [name]));
}
