import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { assistLine } from "./assist-lines.ts";
import { configOptions, exitCodes, type Command, type CommandContext, type ExitCode } from "./command.ts";
import { connectionLine } from "./connection-line.ts";
import { watchConnection } from "./connection-watch.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts, type HeadlessPorts } from "./headless.ts";
import { sayLine } from "./line.ts";
import { openSectionConfig } from "./section-config.ts";

/** What this command needs of the running program. Nothing is lost: listeners are given before the work begins. */
export interface AssistPorts extends HeadlessPorts {
  readonly onEvent: (event: AssistEvent) => void;
}

/** Starts the program without a panel; a fault where it cannot begin (credentials, configuration). */
export type OpenAssist = (ports: AssistPorts) => Promise<Result<AssistService, Fault>>;

/** The running program. */
export interface AssistService extends AsyncDisposable {
  /** The port of the widget configuration on this machine, where it is served. */
  widgetPort(): number | null;
}

/** `assist`: stream in, suggestions out, until stopped (0) or refused for good (1). */
export function assistCommand(open: OpenAssist): Command {
  return {
    usage: "",
    maxPositionals: 0,
    options: configOptions,
    async run(context) {
      await using config = await openSectionConfig(context, { name: "assist", variables: "COGNIGY_ORG_DOMAIN", watch: true });
      return config === null ? exitCodes.notTried : await serve(context, config, open);
    },
  };
}

async function serve(context: CommandContext, config: ConfigSource, open: OpenAssist): Promise<ExitCode> {
  const { output, clock } = context;
  const watch = watchConnection(context, "stream", "Ready: listening to the interactions. Ctrl+C ends it.");
  const opened = await open({
    ...headlessPorts(context, config),
    onEvent: (event) => {
      sayLine(output, assistLine(event));
    },
    onConnection: (name, state) => {
      if (name === "stream") sayLine(output, connectionLine(name, state, clock.now()));
      watch.onConnection(name, state);
    },
  });
  if (!opened.ok) {
    output.error(faultMessage(opened.error));
    return exitCodes.notTried;
  }
  await using app = opened.value;
  const port = app.widgetPort();
  if (port !== null) {
    const url = `http://127.0.0.1:${port}/api/widget/config`;
    output.event("widget_config", { url }, `The widget configuration is at ${url}`);
  }
  return await watch.untilOver();
}
