import type { HealthLine, HealthOutcome, HealthView } from "../../shared/health.ts";
import type { HealthSources } from "../app/health-sources.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { openCommandConfig, problemsMessage } from "./command-config.ts";
import { configOptions, exitCodes, type Command, type CommandContext } from "./command.ts";
import { doctorText } from "./doctor-text.ts";

/** Runs every check once; see `runHealth`. */
export type RunHealth = (sources: HealthSources, options: { readonly signal: AbortSignal; readonly onView: (view: HealthView) => void }) => Promise<HealthView>;

/** What the checks are made from where no panel runs. */
export type DoctorSources = (context: CommandContext, config: ConfigSource) => Promise<HealthSources>;

/**
 * `doctor`: the page "what is wrong" without a panel. Events: `check {subject, check, target, outcome}` for each as soon as
 * it is over, at the end `checked {good, doubtful, bad, skipped}`. Exit 0: nothing is bad; 1: something is; 2: the
 * configuration cannot be read, or the command was stopped.
 */
export function doctorCommand(sourcesOf: DoctorSources, run: RunHealth): Command {
  return {
    usage: "",
    maxPositionals: 0,
    options: configOptions,
    async run(context) {
      const { output } = context;
      const opened = await openCommandConfig(context, false);
      if (!opened.ok) {
        output.error(problemsMessage(opened.error));
        return exitCodes.notTried;
      }
      await using config = opened.value;
      const said = new Set<number>();
      const view = await run(await sourcesOf(context, config), {
        signal: context.stopped,
        onView({ lines }) {
          for (const [index, line] of lines.entries()) {
            if (said.has(index) || !isOver(line.outcome)) continue;
            said.add(index);
            output.event("check", line, doctorText(line));
          }
        },
      });
      const counts = countOutcomes(view.lines);
      output.event("checked", counts, `${counts.good} good, ${counts.doubtful} doubtful, ${counts.bad} bad, ${counts.skipped} not tried`);
      if (view.state === "stopped") return exitCodes.notTried;
      return counts.bad === 0 ? exitCodes.done : exitCodes.no;
    },
  };
}

function isOver({ kind }: HealthOutcome): boolean {
  return kind !== "waiting" && kind !== "running";
}

function countOutcomes(lines: readonly HealthLine[]) {
  const count = (kind: HealthOutcome["kind"]): number => lines.filter(({ outcome }) => outcome.kind === kind).length;
  return { good: count("good"), doubtful: count("doubtful"), bad: count("bad"), skipped: count("skipped") };
}
