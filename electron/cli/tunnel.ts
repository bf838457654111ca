import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { RuntimePush, TunnelEvent } from "../../shared/tunnel.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { configOptions, exitCodes, untilStopped, type Command, type CommandContext, type ExitCode } from "./command.ts";
import { watchConnection } from "./connection-watch.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts, type HeadlessPorts } from "./headless.ts";
import { sayLine, type Line } from "./line.ts";
import { openSectionConfig } from "./section-config.ts";
import { watchCheck, type Outcome } from "./tunnel-check.ts";
import { pushLine, tunnelLine, tunnelStateLine } from "./tunnel-lines.ts";
import { tunnelVerdict } from "./tunnel-verdict.ts";

/** What this command needs of the running program. Nothing is lost: listeners are given before the work begins. */
export interface TunnelPorts extends HeadlessPorts {
  readonly onTunnel: (event: TunnelEvent) => void;
  readonly onPush: (push: RuntimePush) => void;
}

/** The running program. Disposing closes the tunnel politely. */
export interface TunnelService extends AsyncDisposable {
  /** Runs the runtime check now; its outcome comes as `tunnel_checked` or `channel_unavailable`. */
  check(): void;
}

/** Starts the program without a panel and with nothing but the tunnel; a fault where it cannot begin. */
export type OpenTunnel = (ports: TunnelPorts) => Promise<Result<TunnelService, Fault>>;

/** `tunnel [--once]`: the runtime tunnel and its events, until stopped (0) or refused for good (1); or one try of it. */
export function tunnelCommand(open: OpenTunnel): Command {
  return {
    usage: "",
    maxPositionals: 0,
    options: {
      once: { takes: null, does: "Open it, check the runtime, close: exit code 0 it works, 1 refused, 2 it could not be tried." },
      ...configOptions,
    },
    async run(context) {
      const once = context.args.has("once");
      await using config = await openSectionConfig(context, { name: "tunnel", variables: "COGNIGY_TENANT and COGNIGY_BOT_ID", watch: !once });
      const section = config?.current().tunnel;
      if (config === null || section === undefined) return exitCodes.notTried;
      return once ? await tryOnce(context, config, section.botId, open) : await serve(context, config, open);
    },
  };
}

async function serve(context: CommandContext, config: ConfigSource, open: OpenTunnel): Promise<ExitCode> {
  const { output, clock } = context;
  const watch = watchConnection(context, "tunnel", "Ready: the tunnel is open. Ctrl+C ends it.");
  const say = timedLines(context);
  const opened = await open({
    ...headlessPorts(context, config),
    onTunnel: (event) => {
      say(tunnelLine(event));
    },
    onPush: (push) => {
      say(pushLine(push));
    },
    onConnection: (name, state) => {
      if (name === "tunnel") say(tunnelStateLine(state, clock.now()));
      watch.onConnection(name, state);
    },
  });
  if (!opened.ok) {
    output.error(faultMessage(opened.error));
    return exitCodes.notTried;
  }
  await using _tunnel = opened.value;
  return await watch.untilOver();
}

/** The verdict comes last, when the tunnel has been closed. */
async function tryOnce(context: CommandContext, config: ConfigSource, botId: string, open: OpenTunnel): Promise<ExitCode> {
  const { output } = context;
  const outcome = await findOut(context, config, open);
  if (!outcome.ok) {
    output.error(faultMessage(outcome.error));
    return exitCodes.notTried;
  }
  const { exitCode, message } = tunnelVerdict(outcome.value, botId);
  const works = exitCode === exitCodes.done;
  output.event("verdict", { works, message }, works ? message : null);
  if (!works) output.error(message);
  return exitCode;
}

async function findOut(context: CommandContext, config: ConfigSource, open: OpenTunnel): Promise<Result<Outcome, Fault>> {
  const { clock } = context;
  const watch = watchConnection(context, "tunnel", null);
  const check = watchCheck();
  const say = timedLines(context);
  const opened = await open({
    ...headlessPorts(context, config),
    onTunnel: (event) => {
      say(tunnelLine(event));
      check.onTunnel(event);
    },
    onPush: (push) => {
      say(pushLine(push));
    },
    onConnection: (name, state) => {
      // There is no next attempt, and the verdict gives the reason.
      const isFailure = state.kind === "reconnecting" || state.kind === "rejected";
      if (name === "tunnel") say({ ...tunnelStateLine(state, clock.now()), ...(isFailure ? { human: null } : {}) });
      watch.onConnection(name, state);
      check.onConnection(name, state);
    },
  });
  if (!opened.ok) return opened;
  await using tunnel = opened.value;
  const stopped = untilStopped(context.stopped).then((): Outcome => ({ kind: "stopped" }));
  const first = await Promise.race([check.outcome, stopped, check.established]);
  if (first !== null) return { ok: true, value: first };
  tunnel.check();
  return { ok: true, value: await Promise.race([check.outcome, stopped]) };
}

/** Lines with the time of day before them, for the person who comes back to see when it was. */
function timedLines({ output, clock }: CommandContext): (line: Line) => void {
  return (line) => {
    const human = line.human === null ? null : `${new Date(clock.now()).toTimeString().slice(0, 8)}  ${line.human}`;
    sayLine(output, { ...line, human });
  };
}
