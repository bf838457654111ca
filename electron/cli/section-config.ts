import { formatProblem } from "../config/config-problem.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { openCommandConfig, problemsMessage } from "./command-config.ts";
import type { CommandContext } from "./command.ts";

/** The section that a command works on, and the variables that turn it on without a file, in words. */
export interface NeededSection {
  readonly name: "tunnel" | "assist" | "bridge" | "integrations" | "simulations";
  readonly variables: string;
  /** Those of them that are missing, where others are set: then they are named in place of all. */
  readonly missing?: readonly string[];
  /** Whether the work follows the file while it goes on. */
  readonly watch: boolean;
}

/** Opens the configuration for a command that needs `section`; null where it cannot be used, which has been said then. */
export async function openSectionConfig(context: CommandContext, section: NeededSection): Promise<ConfigSource | null> {
  const { name, watch } = section;
  const opened = await openCommandConfig(context, watch);
  if (!opened.ok) {
    context.output.error(problemsMessage(opened.error));
    return null;
  }
  const config = opened.value;
  if (config.current()[name] !== undefined) return config;
  context.output.error(`${name} is off: ${whyOff(config, section)}`);
  await config[Symbol.asyncDispose]();
  return null;
}

function whyOff(config: ConfigSource, { name, variables, missing = [] }: NeededSection): string {
  const { agentWanted } = config.machine();
  if (name === "assist" && agentWanted !== null) return formatProblem(agentWanted);
  const where = `the section ${name} in ${config.path ?? "a configuration file"}`;
  return missing.length > 0
    ? `the environment lacks ${missing.join(" and ")}; set ${missing.length === 1 ? "it" : "them"}, or give ${where}`
    : `give ${where}, or ${variables} with credentials`;
}
