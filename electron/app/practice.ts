import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { LanguageSetting } from "../../shared/language.ts";
import { practiceCalls } from "../sandbox/practice-list.ts";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import type { PracticeGround } from "./practice-desk.ts";

/** Relative to the configuration, as `network.caFile` is. */
const AUTHORITY_FILE_NAME = "practice-authority.pem";

/** The practice platform with a configuration made for it. Disposing closes it and removes its folder. */
export interface Practice extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly configFile: string;
  /** The folder of everything that practice keeps; nothing of it reaches the person's own data. */
  readonly folder: string;
  /** Credentials for the sandbox, to be laid over the environment. */
  readonly env: Readonly<Record<string, string>>;
}

interface PracticeOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** The person's own setting, which holds in practice too; `system` unless given. */
  readonly language?: LanguageSetting;
}

/**
 * Starts the sandbox in this process, playing its practice calls and chats without end, and writes a configuration for it into a
 * folder that only this user can read. The role is supervisor, so that every setting can be tried.
 */
export async function openPractice({ language = "system", ...options }: PracticeOptions): Promise<Practice> {
  await using opening = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "callside-practice-"));
  opening.defer(() => rm(folder, { recursive: true, force: true }));
  const sandbox = opening.use(
    await startSandbox({ ...options, calls: { kind: "practice" }, chats: 1, loop: true }),
  );
  const configFile = join(folder, "callside.config.json");
  await writeFile(join(folder, AUTHORITY_FILE_NAME), sandbox.authority(), { mode: 0o600 });
  const { assist, tunnel, bridge, simulations, integrations } = sandbox.config();
  const config = {
    assist,
    tunnel,
    bridge,
    simulations,
    integrations,
    network: { caFile: AUTHORITY_FILE_NAME },
    audit: { directory: "audit" },
    history: {},
    telemetry: { metricsFile: "metrics.jsonl" },
    panel: { role: "supervisor", language },
  };
  await writeFile(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  const open = opening.move();
  return {
    sandbox,
    configFile,
    folder,
    env: { ...sandbox.env() },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** What the panel needs for a person to choose what she practises. `dataFolder`: the person's own, where scores outlive the program. */
export function practiceGround({ sandbox }: Pick<Practice, "sandbox">, dataFolder: string): PracticeGround {
  return { calls: practiceCalls, sandbox, scoresFolder: join(dataFolder, "practice") };
}
