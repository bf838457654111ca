import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp, type App } from "../electron/app.ts";
import { openConfig, type ConfigSourceOptions } from "../electron/config/config-source.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../electron/sandbox/sandbox.ts";
import { createSpeech } from "../electron/words/speech.ts";
import type { Clock } from "../shared/clock.ts";
import type { Language } from "../shared/language.ts";

/** Relative to the configuration, as `network.caFile` is. */
const AUTHORITY_FILE_NAME = "practice-authority.pem";

/** The program on a practice platform of its own, not started yet. Disposing closes both and removes their folder. */
export interface PracticeProgram extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly app: App;
}

export interface PracticeProgramOptions extends Pick<SandboxOptions, "speed" | "lines" | "chats" | "loop"> {
  /** The one clock of platform and program. */
  readonly clock: Clock;
  /** What the program's pauses between attempts are drawn from; from 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
  /** Sections of the configuration, laid over the sandbox's own. */
  readonly assist?: object;
  /** The runtime tunnel is off without it. */
  readonly tunnel?: object;
  /** Simulations are off without it. */
  readonly simulations?: object;
  /** The bridge is off without it. */
  readonly bridge?: object;
  /** Integrations are off without it. */
  readonly integrations?: object;
  /** The history is off without it. */
  readonly history?: object;
  readonly panel?: object;
  /** In which language a person is spoken to; English unless given. */
  readonly language?: Language;
  /** What IT has set on the computer; nothing without it. */
  readonly machine?: ConfigSourceOptions["machine"];
}

/** Binds the real program to the practice calls, for pictures and measurements. Nothing of it reaches the user's own data. */
export async function openPracticeProgram({ clock, random = Math.random, assist, tunnel, simulations, bridge, integrations, history, panel, language = "en", machine, ...playing }: PracticeProgramOptions): Promise<PracticeProgram> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.adopt(await mkdtemp(join(tmpdir(), "callside-practice-")), (path) => rm(path, { recursive: true, force: true }));
  const sandbox = opening.use(await startSandbox({ ...playing, calls: { kind: "practice" }, clock, random: Math.random }));
  const file = join(folder, "callside.config.json");
  const sections = sandbox.config();
  const config = {
    assist: { ...sections.assist, ...assist },
    ...(tunnel === undefined ? {} : { tunnel: { ...sections.tunnel, ...tunnel } }),
    ...(simulations === undefined ? {} : { simulations: { ...sections.simulations, ...simulations } }),
    ...(bridge === undefined ? {} : { bridge: { ...sections.bridge, ...bridge } }),
    ...(integrations === undefined ? {} : { integrations: { ...sections.integrations, ...integrations }, network: { caFile: AUTHORITY_FILE_NAME } }),
    ...(history === undefined ? {} : { history }),
    panel: { role: "supervisor", language, ...panel },
  };
  await writeFile(join(folder, AUTHORITY_FILE_NAME), sandbox.authority(), { mode: 0o600 });
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  const env = { ...sandbox.env() };
  const source = await openConfig({ file: { path: file, required: true }, env, flags: [], dataFolder: folder, cwd: folder, clock, ...(machine === undefined ? {} : { machine }) });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  const speech = createSpeech();
  speech.set(language);
  const app = opening.use(
    createApp(opening.use(source.value), {
      env,
      clock,
      random,
      speech,
      readFile: (path) => readFile(path, "utf8"),
      newId: () => crypto.randomUUID(),
      dataFolder: folder,
    }),
  );
  const open = opening.move();
  return { sandbox, app, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
