import { describe, expect, it } from "vitest";
import { integrationDefinitionSchema, type JsonValue } from "../../shared/integration.ts";
import type { Draft, Mapped } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationActions } from "../../renderer/integration-actions.ts";
import { differences } from "../../renderer/integrations/definition-diff.ts";
import { fieldChoices, fieldDefaults, fieldOfProblem, withDefaults } from "../../renderer/integrations/definition-fields.ts";
import { fieldAt, withField } from "../../renderer/integrations/draft-fields.ts";
import { readJson } from "../../renderer/integrations/json-text.ts";
import { errorRate, formatBytes, formatRate, pauseLeftMs, rowState } from "../../renderer/integrations/row-words.ts";
import { createWorkbench } from "../../renderer/integrations/workbench.ts";
import { createWorkbenches } from "../../renderer/integrations/workbenches.ts";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { orderLookup, otherRows } from "../support/integrations-fixture.ts";

const lost: Fault = { kind: "transport", code: "network", detail: "" };

describe("a draft", () => {
  it("is changed at a path without touching the rest, and not through what it inherits", () => {
    const changed = withField(orderLookup, ["config", "response_mapping", "extract"], "meta");
    expect(fieldAt(changed, ["config", "response_mapping", "extract"])).toBe("meta");
    expect(fieldAt(orderLookup, ["config", "response_mapping", "extract"])).toBe("data.result");
    expect(changed["bot_id"]).toBe(orderLookup["bot_id"]);
    expect(fieldAt({}, ["constructor", "name"])).toBeUndefined();
    expect(withField({ config: "text" }, ["config", "url"], "x")).toEqual({ config: { url: "x" } });
    expect(withField({ a: 1, b: 2 }, ["a"], undefined)).toEqual({ b: 2 });
    const polluted = withField({}, ["__proto__", "polluted"], true);
    expect(Object.getPrototypeOf(polluted)).toBe(Object.prototype);
    expect(fieldAt({}, ["polluted"])).toBeUndefined();
  });

  it.each<[string, Draft]>([
    ["the order lookup", orderLookup],
    ["the least there is", { name: "  Orders  ", bot_id: " b ", config: { url: " https://orders.example/ " } }],
    ["a mapping in part", { name: "Orders", bot_id: "b", status: "INACTIVE", config: { url: "https://orders.example/", method: "GET", response_mapping: { normalize: "flatten" } } }],
  ])("has the defaults of the schema: %s", (_, draft) => {
    expect(withDefaults(draft)).toEqual(integrationDefinitionSchema.parse(draft));
  });

  it("keeps what nobody knows, so that it is seen", () => {
    expect(withDefaults({ colour: "red", config: { shape: 1, response_mapping: { deep: true } } })).toMatchObject({ colour: "red", config: { shape: 1, response_mapping: { deep: true, extract: "*" } } });
    expect(withDefaults({ config: "text" })).toMatchObject({ config: expect.anything() });
  });

  it("offers just what the schema takes", () => {
    for (const [field, choices] of Object.entries(fieldChoices)) {
      const steps = field.split(".");
      for (const choice of choices) expect(checkDefinition(withField(withField(orderLookup, ["config", "request_mapping"], {}), steps, choice)).problems, `${field} ${choice}`).toEqual([]);
      expect(checkDefinition(withField(orderLookup, steps, "other")).problems.map(({ path }) => path)).toEqual([field]);
    }
  });

  it("shows a problem at the field that its path names or leads into", () => {
    expect(fieldOfProblem("config.url")).toBe("config.url");
    expect(fieldOfProblem("config.headers.X-A.b")).toBe("config.headers");
    expect(fieldOfProblem("config.request_mapping.body.items[3].$input")).toBe("config.request_mapping");
    expect(fieldOfProblem("config")).toBeNull();
    expect(fieldOfProblem("")).toBeNull();
    expect(fieldOfProblem("toString")).toBeNull();
    for (const name of Object.keys(fieldDefaults)) {
      const { problems } = checkDefinition(withField(orderLookup, name.split("."), 7_777));
      expect(problems.map(({ path }) => fieldOfProblem(path))).toContain(name);
    }
  });
});

describe("differences between two definitions", () => {
  it("are told field by field, whatever the order of keys", () => {
    const before: JsonValue = { a: 1, inner: { x: [1, { p: 1, q: 2 }], gone: true } };
    expect(differences(before, { inner: { gone: true, x: [1, { q: 2, p: 1 }] }, a: 1 })).toEqual([]);
    expect(differences(before, { a: 2, inner: { x: [1], new: null } })).toEqual([
      { path: "a", before: 1, after: 2 },
      { path: "inner.x", before: [1, { p: 1, q: 2 }], after: [1] },
      { path: "inner.new", before: undefined, after: null },
      { path: "inner.gone", before: true, after: undefined },
    ]);
    expect(differences({}, { constructor: "x" })).toEqual([{ path: "constructor", before: undefined, after: "x" }]);
  });
});

describe("JSON that is being written", () => {
  it("is told with its place where it cannot be read", () => {
    expect(readJson('{"a": [1, null]}')).toEqual({ kind: "read", value: { a: [1, null] } });
    expect(readJson('{\n  "a": 1,\n  b\n}')).toMatchObject({ kind: "wrong", line: 3, column: 3 });
    expect(readJson('{"a": ')).toMatchObject({ kind: "wrong", line: 1, column: 7 });
    expect(readJson(" \n")).toMatchObject({ kind: "wrong", line: null });
    expect(readJson("nonsense")).toMatchObject({ kind: "wrong" });
    expect(readJson(`${"[".repeat(5_000)}${"]".repeat(5_000)}`)).toMatchObject({ kind: "wrong", message: "Found more than 100 levels" });
    expect(readJson(`"${"[".repeat(200)}"`).kind).toBe("read");
  });
});

describe("a line of the list", () => {
  it("says how far an integration is and how it does", () => {
    const [invoices, stock, hebrew] = otherRows(0);
    if (invoices === undefined || stock === undefined || hebrew === undefined) throw new Error("rows are missing");
    expect([rowState(invoices), rowState(stock), rowState(hebrew), rowState({ ...hebrew, problems: 0 })].map(({ words }) => words)).toEqual(["Registered", "Changed since registered", "Draft, 2 problems", "Ready to register"]);
    expect(errorRate(hebrew.stats)).toBeNull();
    expect([0, 0.0002, 0.0023, 0.0996, 0.2095, 1].map(formatRate)).toEqual(["0 %", "under 0.1 %", "0.2 %", "10 %", "21 %", "100 %"]);
    expect([0, 999, 1_000, 12_400, 1_048_576].map(formatBytes)).toEqual(["0 B", "999 B", "1.0 kB", "12 kB", "1.0 MB"]);
    expect(pauseLeftMs(stock.stats, 0)).toBe(22_000);
    expect(pauseLeftMs(stock.stats, 22_000)).toBeNull();
  });
});

/** Actions whose answers are given by hand, in the order in which they were asked for. */
function heldActions() {
  const asked: { readonly name: string; readonly input: readonly unknown[]; readonly answer: (result: Result<never, Fault>) => void }[] = [];
  const ask = (name: string) => (...input: readonly unknown[]) => {
    const { promise, resolve } = Promise.withResolvers<Result<never, Fault>>();
    asked.push({ name, input, answer: resolve });
    return promise;
  };
  const names = ["example", "open", "check", "import", "save", "delete", "try", "map", "keepFixture", "dropFixture", "register", "putSecret", "deleteSecret", "testSecret"] as const;
  const actions = Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as IntegrationActions;
  const answer = async (name: string, result: Result<unknown, Fault>): Promise<readonly unknown[]> => {
    const at = asked.findIndex((one) => one.name === name);
    const [call] = at < 0 ? [] : asked.splice(at, 1);
    if (call === undefined) throw new Error(`${name} was not asked`);
    call.answer(result as Result<never, Fault>);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    return call.input;
  };
  return { actions, answer, waiting: (name: string) => asked.filter((one) => one.name === name).length };
}

async function openWorkbench() {
  const clock = createFakeClock();
  const held = heldActions();
  const workbench = createWorkbench({ key: "k", actions: held.actions, clock, payload: null });
  void workbench.read();
  await held.answer("open", ok({ key: "k", draft: orderLookup, problems: [], registrations: [], fixtures: [] }));
  return { clock, ...held, workbench, state: () => workbench.store.getState() };
}

describe("a workbench", () => {
  it("saves by itself once nobody types, one save at a time, and never an older one last", async () => {
    const { clock, answer, waiting, workbench, state } = await openWorkbench();
    workbench.edit(["name"], "A");
    await clock.advance(300);
    workbench.edit(["name"], "AB");
    await clock.advance(399);
    expect(waiting("save")).toBe(0);
    expect(state().save.kind).toBe("waiting");
    await clock.advance(1);
    expect(state().save.kind).toBe("saving");
    workbench.edit(["name"], "ABC");
    await clock.advance(5_000);
    expect(waiting("save")).toBe(1);
    expect(await answer("save", ok("k"))).toEqual(["k", { ...orderLookup, name: "AB" }]);
    expect(await answer("save", ok("k"))).toEqual(["k", { ...orderLookup, name: "ABC" }]);
    expect(state().save.kind).toBe("saved");
  });

  it("keeps what could not be saved, and saves it when it is told to", async () => {
    const { clock, answer, waiting, workbench, state } = await openWorkbench();
    workbench.edit(["name"], "Kept");
    await clock.advance(400);
    await answer("save", err(lost));
    expect(state().save).toEqual({ kind: "failed", fault: lost });
    void workbench.read();
    expect(waiting("open")).toBe(0);
    expect(state().draft["name"]).toBe("Kept");
    void workbench.flush();
    expect(await answer("save", ok("k"))).toEqual(["k", { ...orderLookup, name: "Kept" }]);
    expect(state().save.kind).toBe("saved");
    expect(waiting("save")).toBe(0);
  });

  it("does not go back to what main had when it was asked, however late that comes", async () => {
    const { clock, answer, workbench, state } = await openWorkbench();
    void workbench.read();
    workbench.edit(["name"], "Newer");
    await clock.advance(400);
    await answer("save", ok("k"));
    expect(state().save.kind).toBe("saved");
    await answer("open", ok({ key: "k", draft: orderLookup, problems: [], registrations: [], fixtures: [] }));
    expect(state().draft["name"]).toBe("Newer");
  });

  it("takes over what another window has saved, where nothing is written here", async () => {
    const { answer, workbench, state } = await openWorkbench();
    void workbench.read();
    await answer("open", ok({ key: "k", draft: { ...orderLookup, name: "Theirs" }, problems: [], registrations: [], fixtures: [] }));
    expect(state().draft["name"]).toBe("Theirs");
  });

  it("keeps a text that is no JSON as it is typed, and takes it over when it is", async () => {
    const { workbench, state } = await openWorkbench();
    workbench.editSource('{"name": ');
    expect(state().typed.source).toBe('{"name": ');
    expect(state().draft).toEqual(orderLookup);
    expect(state().save.kind).toBe("saved");
    workbench.editSource("[1]");
    expect(state().draft).toEqual(orderLookup);
    workbench.editSource('{"name":   "New"}');
    expect(state().draft).toEqual({ name: "New" });
    expect(state().typed.source).toBe('{"name":   "New"}');
    workbench.edit(["bot_id"], "b");
    expect(state().typed.source).toBeNull();
  });

  it("shows the newest answer of the check, whenever the others come", async () => {
    const { clock, answer, workbench, state } = await openWorkbench();
    workbench.edit(["name"], "A");
    await clock.advance(150);
    workbench.edit(["name"], "AB");
    await clock.advance(150);
    await answer("check", ok({ problems: [{ path: "name", message: "old" }] }));
    expect(state().problems).toEqual([]);
    await answer("check", ok({ problems: [{ path: "name", message: "new" }] }));
    expect(state().problems).toEqual([{ path: "name", message: "new" }]);
  });

  const good = (normalized: string): Mapped => ({ kind: "mapped", extracted: normalized, normalized, cut: false });
  const answered = (tryId: string) => ok({ tryId, request: { method: "POST", url: "", headers: [], body: null }, attempts: 1, latencyMs: 1, outcome: { kind: "answered", statusCode: 200, headers: [], body: "{}", bytes: 2, cut: false, mapped: good("1") } });

  it("maps the reply as the expression is written, and keeps the last good result beside its trouble", async () => {
    const { clock, answer, waiting, workbench, state } = await openWorkbench();
    workbench.run();
    await answer("try", answered("t1"));
    expect(state().mapping).toMatchObject({ source: { kind: "try", tryId: "t1" }, good: good("1") });
    await answer("map", ok(good("1")));
    workbench.edit(["config", "response_mapping", "extract"], "data[");
    await clock.advance(149);
    expect(waiting("map")).toBe(0);
    await clock.advance(1);
    expect(await answer("map", ok({ kind: "refused", message: "column 6: …", path: "data[" }))).toEqual([{ source: { kind: "try", tryId: "t1" }, extract: "data[", normalize: "map_keys" }]);
    expect(state().mapping).toMatchObject({ good: good("1"), trouble: { kind: "refused", message: "column 6: …" }, asking: false });
    workbench.edit(["config", "response_mapping", "extract"], "data");
    await clock.advance(150);
    workbench.edit(["config", "response_mapping", "extract"], "meta");
    await clock.advance(150);
    await answer("map", ok(good("old")));
    expect(state().mapping.good).toEqual(good("1"));
    await answer("map", ok(good("2")));
    expect(state().mapping).toMatchObject({ good: good("2"), trouble: { kind: "none" } });
  });

  it("does not take the answer of a run that was cancelled, nor run a payload that is no JSON", async () => {
    const { answer, waiting, workbench, state } = await openWorkbench();
    workbench.editPayload("{");
    workbench.run();
    expect(waiting("try")).toBe(0);
    workbench.editPayload('{"a":1}');
    workbench.run();
    workbench.run();
    expect(waiting("try")).toBe(1);
    workbench.cancelRun();
    expect(await answer("try", answered("late"))).toEqual([orderLookup, { a: 1 }]);
    expect(state().run.kind).toBe("none");
    expect(state().mapping.source).toBeNull();
  });

  it("registers what is written, not what was saved before", async () => {
    const { answer, waiting, workbench, state } = await openWorkbench();
    workbench.edit(["name"], "Last word");
    workbench.register();
    workbench.register();
    expect(waiting("register")).toBe(0);
    expect(await answer("save", ok("k"))).toEqual(["k", { ...orderLookup, name: "Last word" }]);
    expect(waiting("register")).toBe(1);
    await answer("register", err({ kind: "refused", code: "forbidden", detail: "no scope" }));
    expect(state().register).toMatchObject({ kind: "refused", fault: { code: "forbidden" } });
    workbench.edit(["name"], "Again");
    workbench.register();
    await answer("save", err(lost));
    expect(waiting("register")).toBe(0);
    expect(state().register).toEqual({ kind: "refused", fault: lost });
  });
});

describe("the workbenches of a page", () => {
  it("are bounded, but never forget what is not saved", async () => {
    const clock = createFakeClock();
    const { actions } = heldActions();
    const workbenches = createWorkbenches(actions, clock);
    const unsaved = workbenches.of("unsaved");
    unsaved.edit(["name"], "x");
    const first = workbenches.of("first");
    for (let count = 0; count < 40; count += 1) workbenches.of(`k${count}`);
    expect(workbenches.of("unsaved")).toBe(unsaved);
    expect(workbenches.of("first")).not.toBe(first);
  });
});
