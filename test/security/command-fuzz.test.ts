import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import type { WebContents, WebFrameMain } from "electron";
import { afterEach, describe, expect, it } from "vitest";
import { openDesktop, startDesktop } from "../../electron/desktop/desktop.ts";
import { isSmallPlainData, MAX_INPUT_BYTES } from "../../electron/host/input-size.ts";
import { serveLoopback } from "../../electron/host/loopback.ts";
import { commandNames } from "../../shared/command-names.ts";
import { commandTable } from "../../shared/panel.ts";
import { sampleProgram } from "../support/desktop-parts.ts";
import { createElectronStandIn } from "../support/electron-stand-in.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { clonedInputs, jsonInputs, names, PLANTED, uncloneable, validInputs } from "../support/fuzz-inputs.ts";
import { createFuzzProgram, type FuzzProgram } from "../support/fuzz-program.ts";
import { pagelessBrowser } from "../support/fuzz-window.ts";
import { enter, openPanel } from "../support/loopback-client.ts";
import { buildPreload } from "../support/panel-hosts.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { tempDirectory } from "../support/temp-directory.ts";

/** Calls per property; more by `CALLSIDE_FUZZ_RUNS`, for a night. */
const RUNS = Number(process.env["CALLSIDE_FUZZ_RUNS"] ?? "") || 500;
const PATIENCE_MS = 20_000 + RUNS * 20;

let stack = new AsyncDisposableStack();
afterEach(async () => {
  await stack.disposeAsync();
  stack = new AsyncDisposableStack();
});

/** One way to give commands, with the program behind it. */
interface Way {
  readonly program: FuzzProgram;
  /** Mistakes of ours that the host met. */
  readonly bugs: readonly unknown[];
  readonly call: (name: unknown, input: unknown) => Promise<unknown>;
}

async function desktopWay(program = createFuzzProgram()) {
  const bugs: unknown[] = [];
  const folder = stack.use(await tempDirectory());
  const standIn = stack.use(createElectronStandIn(pagelessBrowser()));
  startDesktop(standIn.electron);
  const { publisher, commands } = program;
  const ports = sampleProgram({ publisher, commands, dataFolder: folder.path, clock: createFakeClock(), onBug: (bug) => bugs.push(bug) });
  const desktop = stack.use(await openDesktop(standIn.electron, { program: ports, files: plainPanel, preloadPath: await buildPreload(), devTools: false }));
  const contents = standIn.windows[0]?.window.webContents ?? expect.unreachable("no window");
  // As `ipcRenderer.invoke` does it: what is sent is cloned on its way.
  const callAs = (sender: unknown, senderFrame: unknown, ...args: unknown[]) =>
    standIn.invoke({ sender: sender as WebContents, senderFrame: senderFrame as WebFrameMain }, "callside.call", ...structuredClone(args));
  return { program, bugs, standIn, desktop, contents, callAs, call: (name: unknown, input: unknown) => callAs(contents, contents.mainFrame, name, input) };
}

async function loopbackWay(program = createFuzzProgram()) {
  const bugs: unknown[] = [];
  const { publisher, commands } = program;
  const loopback = stack.use(await serveLoopback({ commands, publisher, files: plainPanel, clock: createFakeClock(), random: randomBytes, onBug: (bug) => bugs.push(bug) }));
  const origin = `http://127.0.0.1:${loopback.port}`;
  const join = async () => stack.use(await openPanel(loopback.port, { origin, cookie: await enter(loopback.port, loopback.address()) }));
  const panel = await join();
  return { program, bugs, panel, join, call: (name: unknown, input: unknown) => panel.call(name as string, input) };
}

/** Gives a command and checks all that has to hold of it. */
async function giveAndCheck({ program, bugs, call }: Way, name: unknown, input: unknown): Promise<void> {
  const before = program.standing();
  const reply = await call(name, input);
  program.holds({ name, input, before }, reply);
  expect(bugs).toEqual([]);
}

describe.each([
  ["the desktop's IPC", desktopWay, clonedInputs],
  ["the loopback host's socket", loopbackWay, jsonInputs],
] as const)("every command over %s", (_which, open, inputs) => {
  it("is taken with a valid input, so that what follows mutates something real", async () => {
    const way = await open();
    for (const name of commandNames) expect([name, await way.call(name, validInputs[name])]).toEqual([name, expect.objectContaining({ ok: true })]);
  });

  it("answers whatever is sent with a reply, does nothing that it refuses, and goes on", async () => {
    const way = await open();
    const calls = names.chain((name) => inputs(name).map((input) => ({ name, input })));
    await fc.assert(fc.asyncProperty(calls, ({ name, input }) => giveAndCheck(way, name, input)), { numRuns: RUNS });
    expect(await way.call("panel.snapshot", {})).toMatchObject({ ok: true });
  }, PATIENCE_MS);

  it.each(commandNames)("%s refuses pieces that are too long, too deep or too many, wherever they stand", async (name) => {
    const way = await open();
    const fields = Object.keys(validInputs[name]);
    const pieces = [...[201, 100_001, 200_000].map((length) => PLANTED.repeat(Math.ceil(length / PLANTED.length)).slice(0, length)), JSON.parse(`${"[".repeat(2_000)}0${"]".repeat(2_000)}`) as unknown, Array.from({ length: 30_000 }, () => 1)];
    for (const piece of pieces) {
      await giveAndCheck(way, name, piece);
      for (const field of [...fields, "more"]) await giveAndCheck(way, name, { ...validInputs[name], [field]: piece });
    }
    for (const key of ["__proto__", "constructor", "prototype", "toString"]) {
      const treacherous = JSON.parse(`{${JSON.stringify(key)}: {"polluted": true}, ${JSON.stringify(validInputs[name]).slice(1)}`.replace(", }", "}")) as unknown;
      await giveAndCheck(way, name, treacherous);
    }
  });
});

describe("the role of an agent", () => {
  it("is enough for no command of simulations, integrations or secrets, whatever the input", async () => {
    const way = await desktopWay(createFuzzProgram("agent"));
    for (const name of commandNames.filter((one) => /^(?:simulations|integrations|secrets)\./u.test(one))) {
      const before = way.program.standing();
      expect([name, await way.call(name, validInputs[name])]).toEqual([name, { ok: false, error: expect.objectContaining({ code: "not-allowed" }) }]);
      expect(way.program.standing()).toEqual(before);
    }
    expect(await way.call("settings.change", { policy: { prohibitedPhrases: [] } })).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  });
});

describe("the desktop's IPC", () => {
  it("refuses every sender but the page's main frame, whatever is sent, and does nothing", async () => {
    const way = await desktopWay();
    const { contents } = way;
    const frame = (url: string, origin: string) => ({ url, origin, parent: null });
    const gone = new Proxy({}, {
      get() {
        throw new Error("Render frame was disposed before WebFrameMain could be accessed");
      },
    });
    const senders: readonly (readonly [unknown, unknown])[] = [
      [contents, null], [contents, undefined], [contents, gone], [contents, frame("app://callside/", "app://callside")], [contents, frame("https://example.com/", "https://example.com")],
      [contents, { ...frame("app://callside/", "app://callside"), parent: contents.mainFrame }], [{}, contents.mainFrame], [null, contents.mainFrame], [{ mainFrame: contents.mainFrame }, contents.mainFrame],
    ];
    const refused = { ok: false, error: { kind: "policy", code: "not-allowed", detail: "commands are taken from the panel's own page only" } };
    const calls = fc.tuple(fc.constantFrom(...senders), names).chain(([sender, name]) => clonedInputs(name).map((input) => ({ sender, name, input })));
    const before = way.program.standing();
    await fc.assert(
      fc.asyncProperty(calls, async ({ sender: [sender, senderFrame], name, input }) => {
        expect(await way.callAs(sender, senderFrame, name, input)).toEqual(refused);
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
    for (const name of commandNames) for (const [sender, senderFrame] of senders) expect(await way.callAs(sender, senderFrame, name, validInputs[name])).toEqual(refused);
    expect(way.program.standing()).toEqual(before);
    expect(way.bugs).toEqual([]);
    expect(await way.call("panel.snapshot", {})).toMatchObject({ ok: true });
  }, PATIENCE_MS);

  it("takes a name only as text, and no more than two arguments", async () => {
    const way = await desktopWay();
    for (const name of [undefined, null, 7, {}, ["panel.snapshot"], { toString: "panel.snapshot" }, new Date(), new Map()]) {
      expect(await way.call(name, {})).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    }
    expect(await way.callAs(way.contents, way.contents.mainFrame)).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    expect(await way.callAs(way.contents, way.contents.mainFrame, "notice.dismiss", { id: 7 }, { id: "n" })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
  });

  it("refuses what is deeper than any stack", async () => {
    const way = await desktopWay();
    let deep: unknown = 0;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    const send = (name: string, input: unknown) => way.standIn.invoke({ sender: way.contents, senderFrame: way.contents.mainFrame }, "callside.call", name, input);
    for (const name of commandNames) {
      expect(await send(name, deep)).toMatchObject({ ok: false, error: { code: "invalid-input" } });
      expect(await send(name, { ...validInputs[name], payload: deep, draft: { deep } })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    }
    expect([way.bugs, way.program.acts]).toEqual([[], []]);
  });

  it("never hears of what structured clone does not carry", async () => {
    const way = await desktopWay();
    const before = way.program.standing();
    for (const input of uncloneable) expect(() => way.call("notice.dismiss", input)).toThrow();
    expect(way.program.standing()).toEqual(before);
  });

  it("answers a bug of ours with a reply that says nothing of it, and tells the log", async () => {
    const program = createFuzzProgram();
    const bug = new Error(`cannot read ${PLANTED} in /home/ann/callside.ts:7`);
    const way = await desktopWay({ ...program, commands: () => Promise.reject(bug) });
    const reply = await way.call("panel.snapshot", {});
    expect(reply).toMatchObject({ ok: false, error: { kind: "transport" } });
    expect(JSON.stringify(reply)).not.toMatch(/hunter2|\/home|\.ts/u);
    expect(way.bugs).toEqual([bug]);
  });

  it("refuses a call that comes when the window is gone", async () => {
    const way = await desktopWay();
    const { mainFrame } = way.contents;
    way.standIn.windows[0]?.window.destroy();
    expect(await way.callAs(way.contents, mainFrame, "panel.snapshot", {})).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  });
});

describe("the loopback host's socket", () => {
  it("takes no harm from frames that are no calls", async () => {
    const way = await loopbackWay();
    const before = way.program.standing();
    const frames = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom("[".repeat(100_000), '{"kind":"call","id":1e999,"name":"health.check","input":{}}', '{"kind":"call","id":-1,"name":"health.check","input":{}}', '{"kind":"call","id":1.5,"name":"health.check","input":{}}', '{"kind":"call","id":1,"name":["health.check"],"input":{}}', '{"kind":"call","id":1,"name":"health.check","input":{},"more":1}', '{"__proto__":{"kind":"call","id":1,"name":"health.check","input":{}}}', '{"kind":"reply","id":1,"reply":{"ok":true,"value":1}}'),
    );
    await fc.assert(
      fc.asyncProperty(frames, async (frame) => {
        way.panel.socket.send(frame);
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
    expect(await way.call("panel.snapshot", {})).toMatchObject({ ok: true });
    expect(way.program.standing()).toEqual(before);
    expect(way.bugs).toEqual([]);
  });

  it("refuses what is deeper than any stack, and goes on", async () => {
    const way = await loopbackWay();
    const deep = `${"[".repeat(100_000)}0${"]".repeat(100_000)}`;
    const answered = new Promise((resolve) => way.panel.socket.once("message", (data: Buffer) => {
      resolve(JSON.parse(data.toString()));
    }));
    way.panel.socket.send(`{"kind":"call","id":7777,"name":"integrations.try","input":{"draft":{},"payload":${deep}}}`);
    expect(await answered).toMatchObject({ kind: "reply", id: 7777, reply: { ok: false, error: { code: "invalid-input" } } });
    expect(await way.call("panel.snapshot", {})).toMatchObject({ ok: true });
    expect([way.bugs, way.program.acts]).toEqual([[], []]);
  });

  it.each([MAX_INPUT_BYTES + 1, 1_000_000])("ends the connection that sends %i bytes at once, and no other", async (size) => {
    const way = await loopbackWay();
    const other = await way.join();
    const before = way.program.standing();
    void way.call("integrations.import", { text: "x".repeat(size) });
    expect(await way.panel.closed).toBe(1009);
    expect(await other.call("panel.snapshot", {})).toMatchObject({ ok: true });
    expect(way.program.standing()).toEqual(before);
  });
});

describe("how much work an input makes", () => {
  /** Counts how often anything of it is looked at. */
  function counted<T extends object>(target: T, count: { looks: number }): T {
    return new Proxy(target, {
      get(from, key, receiver) {
        count.looks += 1;
        const found: unknown = Reflect.get(from, key, receiver);
        return typeof found === "object" && found !== null ? counted(found, count) : found;
      },
      ownKeys(from) {
        count.looks += 1;
        return Reflect.ownKeys(from);
      },
    });
  }

  it.each([
    ["a long list", () => Array.from({ length: 1_000_000 }, () => 0)],
    ["a list without members", () => Object.assign([], { length: 4_000_000_000 })],
    ["lists of lists", () => Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => [0]))],
    ["something deep", () => {
      let deep: unknown[] = [];
      for (let level = 0; level < 200_000; level += 1) deep = [deep];
      return deep;
    }],
    ["a long text", () => ({ text: "x".repeat(10_000_000) })],
  ])("is bounded for %s", (_what, make) => {
    const count = { looks: 0 };
    expect(isSmallPlainData(counted(make(), count), MAX_INPUT_BYTES)).toBe(false);
    // Eight bytes are the least that anything counts for, and each is looked at for its kind, length, key and value.
    expect(count.looks).toBeLessThan((MAX_INPUT_BYTES / 8) * 6);
  });

  it("lets through what is at the limit of each schema", () => {
    expect(isSmallPlainData({ name: "n", part: 0, parts: 1, text: "x".repeat(100_000) }, MAX_INPUT_BYTES)).toBe(true);
    expect(commandTable["simulations.load"].input.safeParse({ name: "n", part: 0, parts: 1, text: "x".repeat(100_000) }).success).toBe(true);
    expect(commandTable["simulations.load"].input.safeParse({ name: "n", part: 0, parts: 1, text: "x".repeat(100_001) }).success).toBe(false);
  });
});
