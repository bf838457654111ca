import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCommands, type CommandPorts, type DispositionEvent } from "../../electron/host/commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { commandNames } from "../../shared/command-names.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import type { CardState } from "../../shared/panel-update.ts";
import { replySchema, type Reply } from "../../shared/panel.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Role, SettingsPatch } from "../../shared/settings.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { openInteraction, sampleSet, sampleSettings, showSet } from "../support/sample-panel.ts";

function setUp({ role = "supervisor", answer = ok(null) }: { readonly role?: Role; readonly answer?: Result<null, Fault> } = {}) {
  const publisher = createPublisher({ settings: { ...sampleSettings, role }, clock: createFakeClock() });
  const recorded: DispositionEvent[] = [];
  const retried: string[] = [];
  const patches: SettingsPatch[] = [];
  const ports: CommandPorts = {
    publisher,
    record: (event) => recorded.push(event),
    retryConnection: (name) => retried.push(name),
    simulations: () => null, bridge: () => null, integrations: () => null, health: () => null, updates: () => null, history: () => null, practice: () => null, setup: () => null, viewing: () => {},
    async changeSettings(patch) {
      patches.push(patch);
      return answer;
    },
  };
  const call = createCommands(ports);
  publisher.publish(openInteraction("live"));
  publisher.publish(openInteraction("done", "ended"));
  publisher.publish(showSet(sampleSet("live", "s1", ["x", "y"])));
  publisher.publish(showSet(sampleSet("live", "s2", ["z1", "z2"], { order: 2 }), "waiting"));
  const card = (id: string): CardState | undefined =>
    publisher.state().interactions[0]?.sets.map((view) => view.cards[id]).find((one) => one !== undefined);
  const record = (disposition: string, more: object = {}): Promise<Reply> =>
    call("suggestion.record", { interactionId: "live", suggestionId: "x", disposition, ...more });
  return { publisher, call, record, card, recorded, retried, patches };
}

function expectFault(reply: Reply, code: FaultCode, detail: string | RegExp): void {
  expect(replySchema.parse(reply)).toMatchObject({ ok: false, error: { code, detail: expect.stringMatching(detail) } });
}

describe("commands", () => {
  it("gives the snapshot", async () => {
    const { call, publisher } = setUp();
    expect(await call("panel.snapshot", {})).toEqual(ok(publisher.snapshot()));
  });

  it.each(["", "panel.snapsho", "constructor", "__proto__", "hasOwnProperty", "toString", "panel.snapshot ", "x".repeat(100_000)])(
    "refuses the unknown command %.20s and names it, cut short",
    async (name) => {
      const reply = await setUp().call(name, {});
      expectFault(reply, "invalid-input", /no command is called/);
      expect(JSON.stringify(reply).length).toBeLessThan(300);
    },
  );

  it("says which field is wrong and what is allowed", async () => {
    const { call, recorded } = setUp();
    expectFault(await call("suggestion.pin", { interactionId: "live", suggestionId: 7, pinned: "yes" }), "invalid-input", /suggestionId: .*string.*pinned: .*boolean/);
    expectFault(await call("suggestion.record", { interactionId: "live", suggestionId: "x", disposition: "eaten" }), "invalid-input", /disposition: .*displayed/);
    expectFault(await call("panel.snapshot", { more: 1 }), "invalid-input", /more/);
    expect(recorded).toEqual([]);
  });

  it("refuses input that is huge, endless, deep or not plain data, without walking it all", async () => {
    const { call } = setUp();
    const ring: Record<string, unknown> = {};
    ring["self"] = ring;
    let deep: unknown = 0;
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    const inputs = ["x".repeat(256 * 1024), { id: "x".repeat(300_000) }, ring, deep, sparse, new Map(), new Date(), () => {}, 1n, { id: Symbol("s") }, new Uint8Array(9)];
    for (const input of inputs) expectFault(await call("notice.dismiss", input), "invalid-input", /not plain data of at most 256 kB/);
  });

  it("does not take inherited keys for input, nor lets input reach a prototype", async () => {
    const { call, publisher } = setUp();
    expectFault(await call("notice.dismiss", JSON.parse('{"__proto__": {"id": "n1"}}')), "invalid-input", /id/);
    expectFault(await call("settings.change", JSON.parse('{"__proto__": {"display": {"quiet": true}}, "constructor": 1}')), "invalid-input", /constructor/);
    expectFault(await call("suggestion.record", { interactionId: "live", suggestionId: "constructor", disposition: "copied" }), "not-found-here", /constructor/);
    expectFault(await call("suggestion.pin", { interactionId: "live", suggestionId: "__proto__", pinned: true }), "not-found-here", /__proto__/);
    expect(publisher.state().interactions).toHaveLength(2);
    expect(Object.hasOwn(Object.prototype, "pinned")).toBe(false);
  });

  it("closes an interaction that has ended, and none that is live or unknown", async () => {
    const { call, publisher } = setUp();
    expectFault(await call("interaction.close", { interactionId: "live" }), "not-allowed", /live/);
    expectFault(await call("interaction.close", { interactionId: "nobody" }), "not-found-here", /nobody/);
    expect(await call("interaction.close", { interactionId: "done" })).toEqual(ok(null));
    expect(publisher.state().interactions.map((view) => view.interaction.id)).toEqual(["live"]);
  });

  it("records what the agent did, with the suggestion and its set", async () => {
    const { record, recorded } = setUp();
    for (const disposition of ["displayed", "clicked", "sent", "copied"]) expect(await record(disposition)).toEqual(ok(null));
    expect(recorded.map((event) => event.disposition)).toEqual(["displayed", "clicked", "sent", "copied"]);
    expect(recorded[0]).toMatchObject({ interactionId: "live", suggestionId: "x", undone: false, set: { id: "s1" }, suggestion: { text: "Say x" } });
  });

  it("shows a dismissal, a judgement and a copy on the card, and takes them back", async () => {
    const { record, card, recorded } = setUp();
    await record("dismissed");
    await record("helpful");
    await record("copied");
    expect(card("x")).toEqual({ visibility: "dismissed", pinned: false, feedback: "helpful", copied: true, displayed: false });
    await record("dismissed", { undone: true });
    await record("helpful", { undone: true });
    await record("copied", { undone: true });
    expect(card("x")).toEqual({ visibility: "shown", pinned: false, feedback: null, copied: false, displayed: false });
    expect(recorded.map((event) => event.undone)).toEqual([false, false, false, true, true, true]);
  });

  it("records nothing twice: dismissing the dismissed, judging the same, undoing what was not done", async () => {
    const { record, card, recorded } = setUp();
    await record("displayed");
    await record("displayed");
    await record("not helpful");
    await record("not helpful");
    await record("helpful", { undone: true });
    await record("dismissed", { undone: true });
    await record("dismissed");
    await record("dismissed");
    expect(recorded.map((event) => event.disposition)).toEqual(["displayed", "not helpful", "dismissed"]);
    expect(card("x")).toMatchObject({ visibility: "dismissed", feedback: "not helpful" });
  });

  it("counts each copy", async () => {
    const { record, recorded } = setUp();
    await record("copied");
    await record("copied");
    expect(recorded).toHaveLength(2);
  });

  it.each(["displayed", "clicked", "sent"])("does not take back what cannot be: %s", async (disposition) => {
    const { record, recorded } = setUp();
    expectFault(await record(disposition, { undone: true }), "invalid-input", /cannot be taken back/);
    expect(recorded).toEqual([]);
  });

  it("refuses a disposition for a card that is not there", async () => {
    const { call, recorded } = setUp();
    for (const where of [{ interactionId: "live", suggestionId: "nothing" }, { interactionId: "nobody", suggestionId: "x" }, { interactionId: "done", suggestionId: "x" }]) {
      expectFault(await call("suggestion.record", { ...where, disposition: "copied" }), "not-found-here", /no card/);
    }
    expect(recorded).toEqual([]);
  });

  it("pins and unpins", async () => {
    const { call, card } = setUp();
    await call("suggestion.pin", { interactionId: "live", suggestionId: "x", pinned: true });
    expect(card("x")?.pinned).toBe(true);
    await call("suggestion.pin", { interactionId: "live", suggestionId: "x", pinned: false });
    expect(card("x")?.pinned).toBe(false);
    expectFault(await call("suggestion.pin", { interactionId: "live", suggestionId: "no", pinned: true }), "not-found-here", /no/);
  });

  it("shows the cards that wait when asked, and only those", async () => {
    const { call, card, record } = setUp();
    await record("dismissed");
    expect(await call("suggestions.reveal", { interactionId: "live" })).toEqual(ok(null));
    expect([card("z1"), card("z2"), card("x")].map((one) => one?.visibility)).toEqual(["shown", "shown", "dismissed"]);
    expectFault(await call("suggestions.reveal", { interactionId: "nobody" }), "not-found-here", /nobody/);
  });

  it("tries a connection again that there is, and says so of one that there is not", async () => {
    const { call, publisher, retried } = setUp();
    expectFault(await call("connection.retry", { name: "stream" }), "not-found-here", /stream/);
    publisher.publish({ kind: "connection", name: "stream", state: { kind: "idle" }, lastHeardAt: null });
    expect(await call("connection.retry", { name: "stream" })).toEqual(ok(null));
    expect(retried).toEqual(["stream"]);
  });

  it("lets an agent change the display and nothing else", async () => {
    const { call, patches } = setUp({ role: "agent" });
    expectFault(await call("settings.change", { policy: { minConfidence: 0 } }), "not-allowed", /policy/);
    expectFault(await call("settings.change", { display: { quiet: true }, triggers: {} }), "not-allowed", /triggers/);
    expect(patches).toEqual([]);
    expect(await call("settings.change", { display: { quiet: true } })).toEqual(ok(null));
    expect(patches).toEqual([{ display: { quiet: true } }]);
  });

  it("lets a supervisor change all three, and hands on why a change failed", async () => {
    const { call, patches } = setUp();
    await call("settings.change", { policy: { minConfidence: 0.5 }, triggers: { keywords: ["loan"] } });
    expect(patches).toEqual([{ policy: { minConfidence: 0.5 }, triggers: { keywords: ["loan"] } }]);
    const full = err({ kind: "transport", code: "disk", detail: "no space" } as const);
    expect(await setUp({ answer: full }).call("settings.change", { display: { quiet: true } })).toEqual(full);
    expectFault(await call("settings.change", { policy: { minConfidence: 7 } }), "invalid-input", /policy.minConfidence: .*1/);
  });

  it("dismisses a notice", async () => {
    const { call, publisher } = setUp();
    publisher.publish({ kind: "notice", notice: { id: "disk", level: "error", what: "", effect: "", remedy: "", since: 0 } });
    expect(await call("notice.dismiss", { id: "disk" })).toEqual(ok(null));
    expect(publisher.state().notices).toEqual([]);
  });

  it("never quotes a value back that was refused", async () => {
    const reply = await setUp().call("settings.change", { policy: { minConfidence: "hunter2-secret" }, display: { theme: "hunter2-secret" } });
    expect(JSON.stringify(reply)).not.toContain("hunter2");
  });

  it("answers whatever is sent with a reply, and leaves the state sound", async () => {
    const { call, publisher } = setUp();
    const name = fc.oneof(fc.constantFrom(...commandNames), fc.string());
    const input = fc.oneof(
      fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true }),
      fc.dictionary(fc.constantFrom("interactionId", "suggestionId", "id", "name", "pinned", "disposition", "undone", "display", "policy", "__proto__"), fc.anything()),
      fc.record({ interactionId: fc.constantFrom("live", "done", "x"), suggestionId: fc.constantFrom("x", "z1", "toString"), pinned: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(name, input, async (name, input) => {
        replySchema.parse(await call(name, input));
      }),
      { numRuns: 1_000 },
    );
    for (const view of publisher.state().interactions) {
      for (const { set, cards } of view.sets) expect(Object.keys(cards)).toEqual(set.suggestions.map((one) => one.id));
    }
  });
});
