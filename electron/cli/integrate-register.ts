import type { Command } from "./command.ts";
import { configOptions, exitCodes } from "./command.ts";
import { exitCodeOf } from "./fault-exit.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts } from "./headless.ts";
import { readGivenDefinition } from "./integrate-file.ts";
import { refusedLine, registeredLine } from "./integrate-lines.ts";
import type { OpenIntegrate } from "./integrate-service.ts";
import { sayLine } from "./line.ts";
import { refuseAgent } from "./role-refusal.ts";
import { openSectionConfig } from "./section-config.ts";

/** `integrate register FILE`: exit code 0 registered, 1 invalid or refused by the platform, 2 it could not be tried. */
export function integrateRegister(open: OpenIntegrate): Command {
  return {
    usage: "FILE",
    maxPositionals: 1,
    options: configOptions,
    async run(context) {
      const { output, stopped } = context;
      const given = await readGivenDefinition(context, "register");
      if (!given.ok) return given.error;
      await using config = await openSectionConfig(context, { name: "integrations", variables: "COGNIGY_TENANT_URL", watch: false });
      if (config === null) return exitCodes.notTried;
      const refused = refuseAgent(output, config, "integrations");
      if (refused !== null) return refused;
      const opened = await open(headlessPorts(context, config));
      if (!opened.ok) {
        output.error(faultMessage(opened.error));
        return exitCodes.notTried;
      }
      await using service = opened.value;
      output.event("ready", { file: given.value.file }, null);
      const registered = await service.bench.register(given.value.definition, stopped);
      if (registered.ok) {
        sayLine(output, registeredLine(registered.value));
        return exitCodes.done;
      }
      if (stopped.aborted) output.error("cancelled: whether the platform registered it is not known");
      else sayLine(output, refusedLine(registered.error));
      return exitCodeOf(registered.error);
    },
  };
}
