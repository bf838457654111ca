import { describe, expect, it } from "vitest";
import type { Bridge, HostState } from "../../renderer/bridge.ts";
import { startSession } from "../../renderer/session.ts";
import { createPanelStore } from "../../renderer/store.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Snapshot, UpdatesPush } from "../../shared/panel.ts";
import { emptyPanelState } from "../../shared/panel-state.ts";
import type { Result } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

const state = emptyPanelState(fixtureSettings);
const busy: Fault = { kind: "transport", code: "timeout", detail: "busy" };

/** A session over a bridge that we play: questions are answered when we say so. */
function session() {
  const clock = createFakeClock();
  const store = createPanelStore(() => clock.now());
  const questions: ((answer: Result<Snapshot, Fault>) => void)[] = [];
  const applied: number[] = [];
  let push = (_push: UpdatesPush): void => {};
  let host = (_state: HostState): void => {};
  const bridge: Bridge = {
    call: (name) => {
      if (name !== "panel.snapshot") throw new Error(`unexpected ${name}`);
      return new Promise((resolve) => {
        questions.push((answer) => resolve(answer as never));
      });
    },
    onUpdates(listener) {
      push = listener;
      return () => {};
    },
    onHost(listener) {
      host = listener;
      return () => {};
    },
    async [Symbol.asyncDispose]() {},
  };
  const stop = startSession({ bridge, store, clock, onApplied: (number) => applied.push(number) });
  const answer = async (number: number): Promise<void> => {
    questions.shift()?.({ ok: true, value: { number, state } });
    await clock.advance(0);
  };
  const updates = (from: number): void => push({ kind: "updates", from, updates: [{ kind: "notice-cleared", id: "x" }] });
  return { clock, store, questions, applied, answer, updates, stop, host: (state: HostState) => host(state) };
}

describe("keeping in step with main", () => {
  it("asks for one snapshot when the host is there, however many pushes come meanwhile", async () => {
    const { questions, host, updates, answer, applied } = session();
    expect(questions).toHaveLength(0);
    host("connected");
    updates(6);
    updates(7);
    expect(questions).toHaveLength(1);
    await answer(5);
    expect(applied.at(-1)).toBe(7);
    expect(questions).toHaveLength(0);
  });

  it("asks again after a gap, once", async () => {
    const { questions, host, updates, answer, applied } = session();
    host("connected");
    await answer(5);
    updates(8);
    updates(9);
    expect(questions).toHaveLength(1);
    await answer(8);
    expect(applied.at(-1)).toBe(9);
  });

  it("throws away the answer of a host that has gone since, and asks the one that came back", async () => {
    const { questions, host, answer, store } = session();
    host("connected");
    host("lost");
    host("connected");
    expect(questions).toHaveLength(1);
    await answer(900);
    expect(store.getState().mirror.kind).toBe("behind");
    expect(questions).toHaveLength(1);
    await answer(3);
    expect(store.getState().mirror).toMatchObject({ kind: "live", number: 3 });
  });

  it("never counts as live what it knew before the host went away", async () => {
    const { host, answer, store, clock } = session();
    host("connected");
    await answer(5);
    await clock.advance(4_000);
    host("lost");
    const lostAt = clock.now();
    await clock.advance(4_000);
    host("lost");
    expect(store.getState().host).toEqual({ kind: "lost", since: lostAt });
    expect(store.getState().mirror).toMatchObject({ kind: "behind", state });
  });

  it("asks again a second after a refusal, not in a circle", async () => {
    const { questions, host, clock } = session();
    host("connected");
    questions.shift()?.({ ok: false, error: busy });
    await clock.advance(999);
    expect(questions).toHaveLength(0);
    await clock.advance(1);
    expect(questions).toHaveLength(1);
  });

  it("leaves nothing running when it is stopped", async () => {
    const { questions, host, clock, stop } = session();
    host("connected");
    questions.shift()?.({ ok: false, error: busy });
    await clock.advance(10);
    stop();
    await clock.advance(5_000);
    expect(questions).toHaveLength(0);
    expect(clock.pending()).toBe(0);
  });
});
