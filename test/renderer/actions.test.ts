import { describe, expect, it } from "vitest";
import { createActions } from "../../renderer/actions.ts";
import type { Bridge } from "../../renderer/bridge.ts";
import type { CardItem } from "../../renderer/panel/card-order.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok } from "../../shared/result.ts";
import { suggestionSet, utterance } from "../support/panel-parts.ts";

const { set, cards } = suggestionSet("call", utterance(0, 0, "customer", "refund"), 1, [["Say this", 0.9, ""]]);
const [suggestion] = set.suggestions;
if (suggestion === undefined) throw new Error("the set has no suggestion");
const card = cards[suggestion.id];
if (card === undefined) throw new Error("the set has no card");
const item: CardItem = { set, suggestion, card, tunnelMs: null };
const place = { interactionId: "call", suggestionId: suggestion.id };

function acting(options: { readonly fault?: Fault; readonly clipboard?: (text: string) => Promise<void> } = {}) {
  const calls: (readonly [string, unknown])[] = [];
  const bridge: Bridge = {
    async call(name, input) {
      calls.push([name, input]);
      return options.fault === undefined ? ok(null as never) : err(options.fault);
    },
    onUpdates: () => () => {},
    onHost: () => () => {},
    async [Symbol.asyncDispose]() {},
  };
  const written: string[] = [];
  const clipboard = async (text: string): Promise<void> => void written.push(text);
  return { actions: createActions(bridge, options.clipboard ?? clipboard), calls, written };
}

describe("what the agent does with a card", () => {
  it("copies the text and records it", async () => {
    const { actions, calls, written } = acting();
    expect(await actions.copy(item)).toBe(true);
    expect(written).toEqual(["Say this"]);
    expect(calls).toEqual([["suggestion.record", { ...place, disposition: "copied", undone: false }]]);
  });

  it("records nothing as copied that the clipboard refused, and says so", async () => {
    const { actions, calls } = acting({ clipboard: () => Promise.reject(new Error("denied")) });
    expect(await actions.copy(item)).toBe(false);
    expect(calls).toEqual([]);
    expect(actions.problem.getState().problem?.what).toMatch(/clipboard/u);
  });

  it("tells once that a card was on screen, however often it comes into view", () => {
    const { actions, calls } = acting();
    actions.displayed(item);
    actions.displayed(item);
    expect(calls).toEqual([["suggestion.record", { ...place, disposition: "displayed", undone: false }]]);
  });

  it("takes a dismissal back", () => {
    const { actions, calls } = acting();
    actions.record(item, "dismissed", true);
    expect(calls).toEqual([["suggestion.record", { ...place, disposition: "dismissed", undone: true }]]);
  });
});

describe("a new connection that is asked for", () => {
  it("is asked of main by its name, and main's answer is told", async () => {
    const { actions, calls } = acting();
    expect(await actions.retry("tunnel")).toMatchObject({ ok: true });
    expect(calls).toEqual([["connection.retry", { name: "tunnel" }]]);
  });

  it("is told to have been refused, where it was asked for and in words", async () => {
    const { actions } = acting({ fault: { kind: "policy", code: "not-allowed", detail: "" } });
    expect(await actions.retry("tunnel")).toMatchObject({ ok: false, error: { code: "not-allowed" } });
    expect(actions.problem.getState().problem).not.toBeNull();
  });
});

describe("what did not work", () => {
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it("is said in words, until it is dismissed", async () => {
    const { actions } = acting({ fault: { kind: "policy", code: "not-allowed", detail: "the interaction is live" } });
    actions.closeInteraction("call");
    await settled();
    expect(actions.problem.getState().problem).not.toBeNull();
    actions.clearProblem();
    expect(actions.problem.getState().problem).toBeNull();
  });

  it("is said of a full disk, though the fault is a transport's", async () => {
    const { actions } = acting({ fault: { kind: "transport", code: "disk", detail: "ENOSPC" } });
    actions.setQuiet(true);
    await settled();
    expect(actions.problem.getState().problem).not.toBeNull();
  });

  it.each([
    ["a lost host, which has a banner of its own", { kind: "transport", code: "network", detail: "" }],
    ["a card that main has let go of", { kind: "policy", code: "not-found-here", detail: "" }],
  ] as const)("is not said twice: %s", async (_, fault) => {
    const { actions } = acting({ fault });
    actions.pin(item, true);
    await settled();
    expect(actions.problem.getState().problem).toBeNull();
  });
});

describe("what a supervisor does with simulations", () => {
  it("is told to main as it was meant, and a refusal goes back to where it was asked", async () => {
    const fault: Fault = { kind: "policy", code: "not-allowed", detail: "a batch is under way" };
    const { actions, calls } = acting({ fault });
    expect(await actions.simulations.run("failed", 3)).toEqual(err(fault));
    await actions.simulations.load({ name: "a.yaml", part: 0, parts: 1, text: "cases: []" });
    await actions.simulations.details("test_a");
    await actions.simulations.pin(false);
    await actions.simulations.export("junit");
    await actions.simulations.cancel();
    await actions.simulations.example();
    expect(calls).toEqual([
      ["simulations.run", { which: "failed", repeat: 3 }],
      ["simulations.load", { name: "a.yaml", part: 0, parts: 1, text: "cases: []" }],
      ["simulations.case", { testId: "test_a" }],
      ["simulations.pin", { pinned: false }],
      ["simulations.export", { format: "junit" }],
      ["simulations.cancel", {}],
      ["simulations.example", {}],
    ]);
    expect(actions.problem.getState().problem).toBeNull();
  });

  it("puts a path on the clipboard, and says so where it may not", async () => {
    const { actions, written } = acting();
    expect(await actions.copyText("/reports/batch.xml")).toBe(true);
    expect(written).toEqual(["/reports/batch.xml"]);
    const refused = acting({ clipboard: () => Promise.reject(new Error("no")) });
    expect(await refused.actions.copyText("/reports/batch.xml")).toBe(false);
  });
});
