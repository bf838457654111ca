import { assertNever } from "../../shared/assert-never.ts";
import type { RunResult } from "../integrations/integrations.ts";
import { maskRequest } from "../integrations/request-masking.ts";
import type { Command, ExitCode } from "./command.ts";
import { configOptions, exitCodes } from "./command.ts";
import { openCommandConfig, problemsMessage } from "./command-config.ts";
import { exitCodeOf } from "./fault-exit.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts } from "./headless.ts";
import { readGivenDefinition } from "./integrate-file.ts";
import { readInput } from "./integrate-input.ts";
import { executedLine, failedLine, unmappedLine } from "./integrate-lines.ts";
import type { OpenIntegrate } from "./integrate-service.ts";
import { sayLine } from "./line.ts";
import type { Output } from "./output.ts";
import { refuseAgent } from "./role-refusal.ts";

/**
 * `integrate run FILE`: exit code 0 executed, 1 invalid or failed, 2 unreachable, cancelled or lacking its secret. Neither a
 * registration nor the section `integrations` is needed: without it nothing is allowed beyond the rules for addresses.
 */
export function integrateRun(open: OpenIntegrate): Command {
  return {
    usage: "FILE",
    maxPositionals: 1,
    options: { input: { takes: "JSON", does: "What the bot would send, or @FILE with it; {} unless given." }, ...configOptions },
    async run(context) {
      const { args, cwd, output, stopped } = context;
      const given = await readGivenDefinition(context, "run");
      if (!given.ok) return given.error;
      const input = await readInput(args.text("input"), cwd);
      if (!input.ok) {
        output.error(`integrate run: ${input.error}`);
        return exitCodes.notTried;
      }
      const config = await openCommandConfig(context, false);
      if (!config.ok) {
        output.error(problemsMessage(config.error));
        return exitCodes.notTried;
      }
      await using source = config.value;
      const refused = refuseAgent(output, source, "integrations");
      if (refused !== null) return refused;
      const opened = await open(headlessPorts(context, source));
      if (!opened.ok) {
        output.error(faultMessage(opened.error));
        return exitCodes.notTried;
      }
      await using service = opened.value;
      output.event("ready", { file: given.value.file }, null);
      const ran = await service.bench.run(given.value.definition, null, input.value, stopped);
      if (stopped.aborted) {
        output.error("cancelled: whether the service did anything is not known");
        return exitCodes.notTried;
      }
      if (ran.ok) return tellRun(output, ran.value);
      output.error(faultMessage(ran.error));
      return exitCodes.notTried;
    },
  };
}

function tellRun(output: Output, result: RunResult): ExitCode {
  switch (result.kind) {
    case "done":
      sayLine(output, executedLine(maskRequest(result.request), result.execution, result.mapped.normalized));
      return exitCodes.done;
    case "unmapped":
      sayLine(output, unmappedLine(maskRequest(result.request), result.execution, result.fault));
      return exitCodes.no;
    case "failed": {
      const { request, failure } = result;
      sayLine(output, failedLine(request === null ? null : maskRequest(request), failure));
      // Whatever a service answers that is no good result is an answer.
      return failure.statusCode === null ? exitCodeOf(failure.fault) : exitCodes.no;
    }
    default:
      return assertNever(result);
  }
}
