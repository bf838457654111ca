import { missingVariables } from "../config/environment.ts";
import type { ConfigSource } from "../config/config-source.ts";
import { bridgeLine, openWords, statusText } from "./bridge-lines.ts";
import { replayDeadLetters } from "./bridge-replay.ts";
import { createBridgeScreen } from "./bridge-screen.ts";
import type { BridgeService, OpenBridge } from "./bridge-service.ts";
import { configOptions, exitCodes, type Command, type CommandContext, type ExitCode } from "./command.ts";
import { connectionLine } from "./connection-line.ts";
import { watchConnection } from "./connection-watch.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts } from "./headless.ts";
import { openSectionConfig } from "./section-config.ts";

/** `bridge [--replay-dead-letters]`: the Genesys bridge, until stopped (0) or refused for good (1); or its dead letters once more. */
export function bridgeCommand(open: OpenBridge): Command {
  return {
    usage: "",
    maxPositionals: 0,
    options: {
      "replay-dead-letters": { takes: null, does: "Work the dead letters again and end: exit code 0 none is left, 1 some remain." },
      ...configOptions,
    },
    async run(context) {
      const replay = context.args.has("replay-dead-letters");
      await using config = await openSectionConfig(context, {
        name: "bridge",
        variables: "COGNIGY_API_URL, COGNIGY_API_KEY and GENESYS_ORG_ID",
        missing: missingVariables(context.env, "bridge"),
        watch: !replay,
      });
      if (config === null) return exitCodes.notTried;
      return replay ? await replayDeadLetters(context, config, open) : await serve(context, config, open);
    },
  };
}

async function serve(context: CommandContext, config: ConfigSource, open: OpenBridge): Promise<ExitCode> {
  const { output, clock } = context;
  const watch = watchConnection(context, "bridge", "Ready: the bridge answers. Ctrl+C ends it, after what is in hand.");
  using screen = createBridgeScreen(context);
  const opened = await open({
    ...headlessPorts(context, config),
    work: "serve",
    onBridge: (event) => {
      screen.say(bridgeLine(event));
    },
    onConnection: (name, state) => {
      if (name === "bridge") screen.say(connectionLine(name, state, clock.now()));
      screen.clear();
      watch.onConnection(name, state);
    },
    onNotice: (text) => {
      screen.clear();
      output.note(text);
    },
  });
  if (!opened.ok) {
    output.error(faultMessage(opened.error));
    return exitCodes.notTried;
  }
  const service = opened.value;
  const exitCode = await untilClosed(context, service, screen, () => watch.untilOver());
  const view = service.view();
  if (exitCode !== exitCodes.done || view === null) return exitCode;
  const { answered, deadLetters, uncertain, queue } = view;
  const waiting = queue.waiting + queue.working;
  const fields = { answered, deadLetters: deadLetters.count, uncertain: uncertain.count, waiting };
  output.event("stopped", fields, [`Stopped: ${answered} answered`, ...openWords(view), ...(waiting === 0 ? [] : [`${waiting} left for the next start`])].join(", "));
  return exitCode;
}

async function untilClosed(
  { output }: CommandContext,
  service: BridgeService,
  screen: ReturnType<typeof createBridgeScreen>,
  untilOver: () => Promise<ExitCode>,
): Promise<ExitCode> {
  await using running = service;
  const port = running.healthPort();
  if (port !== null) {
    const url = `http://127.0.0.1:${port}`;
    output.event("health", { url }, `Health at ${url}/healthz, /readyz and /metrics`);
  }
  screen.follow(() => {
    const view = running.view();
    return view === null ? null : statusText(view);
  });
  const exitCode = await untilOver();
  const view = running.view();
  const open = view === null ? 0 : view.queue.waiting + view.queue.working;
  if (exitCode === exitCodes.done && open > 0) screen.remark(`Stopping: what is in hand is finished first (${open}). Ctrl+C once more ends at once.`);
  return exitCode;
}
