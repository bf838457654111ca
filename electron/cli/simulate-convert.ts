import { existsSync } from "node:fs";
import { join } from "node:path";
import { HISTORY_FILE_NAME } from "../app/records.ts";
import { openHistory, type History } from "../history/history.ts";
import { maskText } from "../redaction/mask.ts";
import { caseFromInteraction } from "../simulations/case-from-interaction.ts";
import { openCommandConfig, problemsMessage } from "./command-config.ts";
import { configOptions, exitCodes, type Command, type CommandContext, type ExitCode } from "./command.ts";
import { faultMessage } from "./fault-message.ts";

/** As many interactions are named to choose from. */
const MAX_NAMED = 10;

/**
 * `simulate convert INTERACTION`: cases for what the customer said in an interaction of the history, as YAML on stdout,
 * with --json as event `converted {yaml, testIds[], open[]}`. Exit code 1 where nothing of it is kept.
 */
export const simulateConvert: Command = {
  usage: "INTERACTION",
  maxPositionals: 1,
  options: configOptions,
  async run(context) {
    const { output } = context;
    const opened = await openCommandConfig(context, false);
    if (!opened.ok) {
      output.error(problemsMessage(opened.error));
      return exitCodes.notTried;
    }
    await using config = opened.value;
    const section = config.current().history;
    const file = join(context.folders.data, HISTORY_FILE_NAME);
    // Opening would make one.
    if (section === undefined || !existsSync(file)) {
      output.error(section === undefined ? "simulate convert: history is off: give the section history in the configuration" : `simulate convert: there is no history at ${file} yet`);
      return exitCodes.notTried;
    }
    const history = await openHistory({
      file,
      ...section,
      clock: context.clock,
      onTrouble: (trouble) => {
        if (trouble.kind === "set-aside") output.note(`The history was damaged; it was set aside as ${trouble.path}.`);
      },
    });
    if (!history.ok) {
      output.error(faultMessage(history.error));
      return exitCodes.notTried;
    }
    await using kept = history.value;
    return await convert(context, kept);
  },
};

async function convert({ args, output }: CommandContext, history: History): Promise<ExitCode> {
  const [id] = args.positionals;
  const found = id === undefined ? null : await history.interaction(id);
  if (found !== null && !found.ok) {
    output.error(faultMessage(found.error));
    return exitCodes.notTried;
  }
  const record = found?.value ?? null;
  if (record === null) {
    const what = id === undefined ? "the interaction is missing" : `no interaction ${JSON.stringify(id.slice(0, 80))} is kept`;
    output.error(`simulate convert: ${what}; ${await latest(history)}`);
    return id === undefined ? exitCodes.notTried : exitCodes.no;
  }
  const converted = caseFromInteraction(record, { mask: maskText });
  if (!converted.ok) {
    output.error(`simulate convert: ${converted.error.detail}`);
    return exitCodes.no;
  }
  const { yaml, testIds, open } = converted.value;
  output.event("converted", { yaml, testIds, open }, yaml.trimEnd());
  output.note(`To be filled in before the suite can be run: ${open.join(", ")}`);
  return exitCodes.done;
}

async function latest(history: History): Promise<string> {
  const listed = await history.interactions({ limit: MAX_NAMED });
  if (!listed.ok || listed.value.length === 0) return "the history holds none";
  return `the latest are ${listed.value.map((one) => one.id).join(", ")}`;
}
