import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import { configJsonSchema } from "../config/json-schema.ts";
import { exampleSuite } from "../sandbox/example-suite.ts";
import { type FaultSetting, parseFault } from "../sandbox/faults.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox/sandbox.ts";
import { SandboxError } from "../sandbox/sandbox-error.ts";
import { readNumber } from "./arguments.ts";
import { CONFIG_FILE_NAME } from "./command-config.ts";
import type { Command, CommandContext } from "./command.ts";
import { exitCodes, untilStopped } from "./command.ts";
import { answerSandboxLine } from "./sandbox-line.ts";

const SCHEMA_FILE_NAME = "callside.config.schema.json";
/** Relative to the configuration, as `network.caFile` is. */
const AUTHORITY_FILE_NAME = "practice-authority.pem";

/** `sandbox`: the practice platform until it is stopped; event `ready {url, configFile, suiteFile, integrationFile, env}`. */
export const sandbox: Command = {
  usage: "",
  maxPositionals: 0,
  options: {
    port: { takes: "N", does: "The port on this machine; any free one unless given." },
    calls: { takes: "DIR", does: "Play the calls of this folder (JSON lines) in place of the practice calls." },
    speed: { takes: "X", does: "How fast time passes: 2 is twice as fast." },
    fault: { takes: "NAME=VALUE", multiple: true, does: "A fault from the start; can be repeated. A wrong name lists them all." },
    lines: { takes: "N", does: "How many calls go on side by side (2)." },
    chats: { takes: "N", does: "How many customers chat at once, from the first bridge on (1); 0 for none." },
    loop: { takes: null, does: "Begin again when every call has been played, and every chat." },
  },
  async run(context) {
    const { output } = context;
    const options = readOptions(context);
    if (!options.ok) {
      output.error(`sandbox: ${options.error}`);
      return exitCodes.notTried;
    }
    const started = await start(options.value);
    if (!started.ok) {
      output.error(`sandbox: ${started.error}`);
      return exitCodes.notTried;
    }
    await using stack = new AsyncDisposableStack();
    const running = stack.use(started.value);
    // Made by mkdtemp for this user only: the address in it leads to whoever answers there.
    const folder = stack.adopt(await mkdtemp(join(tmpdir(), "callside-sandbox-")), (path) => rm(path, { recursive: true, force: true }));
    const configFile = join(folder, CONFIG_FILE_NAME);
    await writeFile(join(folder, SCHEMA_FILE_NAME), JSON.stringify(configJsonSchema()), { mode: 0o600 });
    await writeFile(join(folder, AUTHORITY_FILE_NAME), running.authority(), { mode: 0o600 });
    const config = { $schema: `./${SCHEMA_FILE_NAME}`, ...running.config(), network: { caFile: AUTHORITY_FILE_NAME } };
    await writeFile(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    const suiteFile = join(folder, exampleSuite.file);
    await writeFile(suiteFile, exampleSuite.text, { mode: 0o600 });
    const integration = running.exampleIntegration();
    const integrationFile = join(folder, integration.file);
    await writeFile(integrationFile, integration.text, { mode: 0o600 });

    const env = running.env();
    const { url } = running;
    const ready = { url, configFile, suiteFile, integrationFile, env };
    output.event("ready", ready, readyText(context, ready, JSON.stringify(integration.payload)));
    if (context.stdin.isTTY === true) stack.use(listen(context, running));
    await untilStopped(context.stopped);
    return exitCodes.done;
  },
};

function readOptions(context: CommandContext): Result<SandboxOptions, string> {
  const { args, cwd, clock, random } = context;
  const port = readNumber("port", args.text("port"), { min: 0, max: 65_535, whole: true });
  if (!port.ok) return port;
  const speed = readNumber("speed", args.text("speed"), { min: 0.01, max: 10_000, whole: false });
  if (!speed.ok) return speed;
  const lines = readNumber("lines", args.text("lines"), { min: 1, max: 50, whole: true });
  if (!lines.ok) return lines;
  const chats = readNumber("chats", args.text("chats"), { min: 0, max: 50, whole: true });
  if (!chats.ok) return chats;
  const faults: FaultSetting[] = [];
  for (const text of args.all("fault")) {
    const fault = parseFault(text);
    if (!fault.ok) return err(`--fault: ${fault.error}`);
    faults.push(fault.value);
  }
  const directory = args.text("calls");
  return ok({
    port: port.value ?? 0,
    speed: speed.value ?? 1,
    lines: lines.value ?? 2,
    chats: chats.value ?? 1,
    loop: args.has("loop"),
    calls: directory === undefined ? { kind: "practice" } : { kind: "directory", path: resolve(cwd, directory) },
    faults,
    clock,
    random,
  });
}

async function start(options: SandboxOptions): Promise<Result<Sandbox, string>> {
  try {
    return ok(await startSandbox(options));
  } catch (error) {
    if (error instanceof SandboxError) return err(error.message);
    if (error instanceof Error && "code" in error && typeof error.code === "string") {
      const hint = error.code === "EADDRINUSE" ? `port ${options.port} is in use; give another with --port, or none` : error.message;
      return err(hint);
    }
    throw error;
  }
}

interface Ready {
  readonly url: string;
  readonly configFile: string;
  readonly suiteFile: string;
  readonly integrationFile: string;
  readonly env: object;
}

function readyText({ platform, program }: CommandContext, { url, configFile, suiteFile, integrationFile, env }: Ready, payload: string): string {
  const set = Object.entries(env).map(([name, value]) =>
    platform === "win32" ? `  $env:${name} = "${String(value)}"` : `  export ${name}=${String(value)}`,
  );
  const quoted = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);
  const config = quoted(configFile);
  return [
    `The practice platform answers at ${url}`,
    "",
    `In another terminal${platform === "win32" ? " (PowerShell)" : ""}:`,
    ...set,
    `  ${program} open --config ${config}`,
    `or, without a panel: ${program} assist --config ${config}`,
    `or the bridge between chats and the bot: ${program} bridge --config ${config}`,
    `or the bot's runtime: ${program} tunnel --config ${config}`,
    `or the bot's example suite: ${program} simulate ${quoted(suiteFile)} --config ${config}`,
    `or the integration that looks up orders: ${program} integrate run ${quoted(integrationFile)} --input '${payload}' --config ${config}`,
    "",
    "Here: fault NAME=VALUE, fault NAME=off, faults, say TEXT, chat TEXT; Ctrl+C ends it.",
  ].join("\n");
}

/** Takes commands from the person at the terminal. */
function listen({ stdin, output }: CommandContext, running: Sandbox): Disposable {
  const lines = createInterface({ input: stdin });
  lines.on("line", (line) => {
    const answer = answerSandboxLine(line, running);
    if (answer !== null) output.note(answer);
  });
  return {
    [Symbol.dispose]() {
      lines.close();
    },
  };
}
