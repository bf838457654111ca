import type { Config } from "../config/complete-config.ts";
import { formatProblem } from "../config/config-problem.ts";
import { configFileOf, openCommandConfig, problemsMessage } from "./command-config.ts";
import type { Command } from "./command.ts";
import { configOptions, exitCodes } from "./command.ts";

/** `config check`: event `valid {file, sections}`, or `invalid {errors[{path, message, found, allowed}]}`; exit 0 or 1. */
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
    const on = sections.length === 0 ? "no section is on" : `on: ${sections.join(", ")}`;
    output.event("valid", { file: path, sections }, `The configuration is valid; ${on}. File: ${path}`);
    return exitCodes.done;
  },
};

function sectionsOf(config: Config): readonly string[] {
  const { panel: _panel, desktop: _desktop, network: _network, ...capabilities } = config;
  return Object.entries(capabilities).flatMap(([name, section]) => (section === undefined ? [] : [name]));
}
