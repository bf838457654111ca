import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Result } from "../../shared/result.ts";
import type { ConfigSource } from "../config/config-source.ts";
import type { Environment } from "../config/environment.ts";
import type { Folders } from "../config/folders.ts";
import { assistLine, connectionLine, type Line } from "./assist-lines.ts";
import { openCommandConfig, problemsMessage } from "./command-config.ts";
import { configOptions, exitCodes, untilStopped, type Command, type CommandContext, type ExitCode } from "./command.ts";

/** What this command needs of the running program. Nothing is lost: listeners are given before the work begins. */
export interface AssistPorts {
  readonly config: ConfigSource;
  readonly env: Environment;
  readonly folders: Folders;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: (event: AssistEvent) => void;
  readonly onConnection: (name: ConnectionName, state: ConnectionState) => void;
  /** Something that a person should know and that is no event of the work: a full disk, a bad edit. */
  readonly onNotice: (text: string) => void;
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
      const opened = await openCommandConfig(context, true);
      if (!opened.ok) {
        context.output.error(problemsMessage(opened.error));
        return exitCodes.notTried;
      }
      await using config = opened.value;
      if (config.current().assist === undefined) {
        context.output.error(`assist is off: give the section assist in ${config.path ?? "a configuration file"}, or COGNIGY_ORG_DOMAIN with credentials`);
        return exitCodes.notTried;
      }
      return await serve(context, config, open);
    },
  };
}

async function serve(context: CommandContext, config: ConfigSource, open: OpenAssist): Promise<ExitCode> {
  const { output, clock, env, folders, random } = context;
  const { promise: refused, resolve: refuse } = Promise.withResolvers<Fault>();
  const say = (line: Line | null): void => {
    if (line !== null) output.event(line.event, line.fields, line.human);
  };
  let ready = false;
  const onConnection = (name: ConnectionName, state: ConnectionState): void => {
    say(connectionLine(name, state, clock.now()));
    if (name !== "stream") return;
    if (state.kind === "connected" && !ready) {
      ready = true;
      output.event("ready", {}, "Ready: listening to the interactions. Ctrl+C ends it.");
    }
    if (state.kind === "rejected") refuse(state.fault);
  };
  const opened = await open({
    config,
    env,
    folders,
    clock,
    random,
    onEvent: (event) => {
      say(assistLine(event));
    },
    onConnection,
    onNotice: (text) => {
      output.note(text);
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
  const fault = await Promise.race([refused, untilStopped(context.stopped)]);
  if (fault === undefined) return exitCodes.done;
  output.error(faultMessage(fault));
  return exitCodes.no;
}

function faultMessage(fault: Fault): string {
  const { what, cause, remedy } = describeFault(fault);
  return `${what} ${cause} ${remedy}`;
}
