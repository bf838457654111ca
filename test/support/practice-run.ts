import { readFile } from "node:fs/promises";
import { expect, onTestFinished } from "vitest";
import { createApp } from "../../electron/app.ts";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { openPractice, practiceGround } from "../../electron/app/practice.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import type { CommandName } from "../../shared/command-names.ts";
import type { InteractionView, PanelState } from "../../shared/panel-state.ts";
import type { CommandInput, Reply } from "../../shared/panel.ts";
import type { PracticeMoment, PracticeStart, PracticeView } from "../../shared/practice.ts";
import type { Disposition } from "../../shared/suggestion.ts";
import { createFakeClock } from "./fake-clock.ts";
import { temporary } from "./program.ts";
import { until } from "./until.ts";

/** A call of three moments, as fast as it goes. */
export const START: PracticeStart = { callId: "charged-twice", speed: 4, fault: "none" };
const STEP_MS = 50;

/** The whole program in practice, on one fake clock for platform and program; it is closed when the test ends. `folder`: the person's own, of a run before. */
export async function practise(folder?: string) {
  const dataFolder = folder ?? (await temporary());
  const clock = createFakeClock();
  let turn = 0;
  const random = (): number => (turn = (turn * 16_807 + 11) % 2_147_483_647) / 2_147_483_647;
  const stack = new AsyncDisposableStack();
  const practice = stack.use(await openPractice({ clock, random }));
  const source = await openConfig({ file: { path: practice.configFile, required: true }, env: practice.env, flags: [], dataFolder: practice.folder, cwd: practice.folder, clock, watch: false });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  const bugs: unknown[] = [];
  const app = stack.use(
    createApp(stack.use(source.value), { env: practice.env, clock, random, readFile: (path) => readFile(path, "utf8"), newId: () => crypto.randomUUID(), dataFolder: practice.folder, onBug: (bug) => bugs.push(bug) }),
  );
  const desk = stack.use(createPanelDesk(app, "practice", clock, undefined, practiceGround(practice, dataFolder)));
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> =>
    (closed ??= (async () => {
      const done = new AbortController();
      const closing = stack.disposeAsync().finally(() => {
        done.abort();
      });
      while (!done.signal.aborted) {
        await clock.advance(STEP_MS);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await closing;
      expect(bugs).toEqual([]);
    })());
  onTestFinished(close);
  await app.start();
  await until(() => app.connection("stream").state.kind === "connected");

  const state = (): PanelState => desk.publisher.state();
  const view = (): PracticeView => state().practice ?? expect.unreachable("there is no practice");
  const passUntil = async (condition: () => boolean, limitMs: number): Promise<void> => {
    for (let passed = 0; !condition(); passed += STEP_MS) {
      if (passed > limitMs) throw new Error(`never came true: ${condition.toString()}`);
      await clock.advance(STEP_MS);
      for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const give = (name: CommandName, input: unknown = {}): Promise<Reply> => desk.commands(name, input);
  const moments = async (scoreId: string): Promise<readonly PracticeMoment[]> => {
    const reply = await give("practice.moments", { scoreId } satisfies CommandInput<"practice.moments">);
    return reply.ok ? (reply.value as { readonly moments: readonly PracticeMoment[] }).moments : expect.unreachable(reply.error.detail);
  };
  const talk = (): InteractionView | undefined => {
    const now = view().state;
    return now.kind === "running" ? state().interactions.find(({ interaction }) => interaction.id === now.interactionId) : undefined;
  };
  /** Does something with the first card of the newest set. */
  const act = async (...dispositions: readonly Disposition[]): Promise<void> => {
    const set = talk()?.sets[0]?.set;
    const suggestionId = set?.suggestions[0]?.id;
    if (set === undefined || suggestionId === undefined) throw new Error("there is no card");
    for (const disposition of dispositions) expect((await give("suggestion.record", { interactionId: set.interactionId, suggestionId, disposition })).ok).toBe(true);
  };
  const over = (): boolean => view().state.kind === "ready";
  return { clock, app, desk, practice, dataFolder, state, view, passUntil, give, moments, talk, act, over, close };
}
