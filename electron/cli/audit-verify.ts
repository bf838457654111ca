import { resolve } from "node:path";
import { assertNever } from "../../shared/assert-never.ts";
import { verifyAudit } from "../audit/verify.ts";
import { openCommandConfig, problemsMessage } from "./command-config.ts";
import type { Command, CommandContext } from "./command.ts";
import { configOptions, exitCodes } from "./command.ts";

/** `audit verify [DIR]`: event `whole {entries}` or `broken {file, line, reason}` (contract 6); only reads. */
export const auditVerify: Command = {
  usage: "[DIR]",
  maxPositionals: 1,
  options: configOptions,
  async run(context) {
    const { output } = context;
    const directory = await directoryOf(context);
    if (directory === null) return exitCodes.notTried;
    const verdict = await verifyAudit(directory);
    switch (verdict.kind) {
      case "whole":
        output.event("whole", { entries: verdict.entries }, `Whole: ${verdict.entries} entries in ${directory}`);
        return exitCodes.done;
      case "broken": {
        const { file, line, reason } = verdict;
        output.event("broken", { file, line, reason }, `Broken: ${file}, line ${line}: ${reason}`);
        return exitCodes.no;
      }
      case "unreadable":
        output.error(`audit verify: ${verdict.reason}`);
        return exitCodes.notTried;
      default:
        return assertNever(verdict);
    }
  },
};

async function directoryOf(context: CommandContext): Promise<string | null> {
  const [named] = context.args.positionals;
  if (named !== undefined) return resolve(context.cwd, named);
  const opened = await openCommandConfig(context, false);
  if (!opened.ok) {
    context.output.error(problemsMessage(opened.error));
    return null;
  }
  await using source = opened.value;
  const directory = source.current().audit?.directory;
  if (directory === undefined) context.output.error("no audit directory: name it (audit verify DIR) or set audit.directory in the configuration");
  return directory ?? null;
}
