import { join, resolve } from "node:path";
import type { Result } from "../../shared/result.ts";
import { flagOverrides } from "../config/config-flags.ts";
import type { ConfigProblem } from "../config/config-problem.ts";
import { formatProblem } from "../config/config-problem.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { openConfig } from "../config/config-source.ts";
import type { CommandContext } from "./command.ts";

/** The configuration's name, at its usual place and everywhere else. */
export const CONFIG_FILE_NAME = "callside.config.json";

/** Opens the configuration that `--config` and `--set` ask for. `watch`: whether it follows its file. */
export async function openCommandConfig(context: CommandContext, watch: boolean): Promise<Result<ConfigSource, readonly ConfigProblem[]>> {
  const flags = flagOverrides(context.args.all("set"));
  if (!flags.ok) return flags;
  return openConfig({
    file: configFileOf(context),
    env: context.env,
    flags: flags.value,
    dataFolder: context.folders.data,
    cwd: context.cwd,
    clock: context.clock,
    watch,
    ...(context.machine === undefined ? {} : { machine: context.machine }),
  });
}

/** Where the configuration is looked for. */
export function configFileOf({ args, cwd, folders }: Pick<CommandContext, "args" | "cwd" | "folders">) {
  const named = args.text("config");
  return named === undefined
    ? { path: join(folders.config, CONFIG_FILE_NAME), required: false }
    : { path: resolve(cwd, named), required: true };
}

/** One message for a configuration that cannot be used. */
export function problemsMessage(problems: readonly ConfigProblem[]): string {
  const lines = problems.map((problem) => `  ${formatProblem(problem)}`);
  return [problems.length === 1 ? "the configuration has a mistake:" : `the configuration has ${problems.length} mistakes:`, ...lines].join("\n");
}
