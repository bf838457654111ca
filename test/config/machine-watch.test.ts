import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diskConfigFile } from "../../electron/config/config-file.ts";
import type { ConfigSourceOptions } from "../../electron/config/config-source.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import type { MachineReading } from "../../electron/config/machine-reading.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { until } from "../support/until.ts";

const ORIGIN = "/etc/callside/policy.json";
const TEN_MINUTES = 600_000;
const FILE = { assist: { orgDomain: "x.example", minConfidence: 0.5 }, panel: { quiet: false, theme: "light" } };
const policy = (settings: unknown, reason = "Ask IT"): MachineReading => ({ kind: "text", origin: ORIGIN, text: JSON.stringify({ version: 1, settings, reason }) });
const absent: MachineReading = { kind: "absent", origin: ORIGIN };
const broken: MachineReading = { kind: "text", origin: ORIGIN, text: "{" };

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-test-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** A configuration on disk, on a machine whose policy the test holds. */
async function opened(first: MachineReading, more: Partial<ConfigSourceOptions> = {}) {
  const path = join(directory, "callside.config.json");
  await writeFile(path, JSON.stringify(FILE));
  const clock = createFakeClock();
  const held = { reading: first, reads: 0 };
  const port = {
    kept: diskConfigFile(join(directory, "machine-policy.json")),
    read: () => {
      held.reads += 1;
      return Promise.resolve([held.reading]);
    },
  };
  const source = await openConfig({ file: { path, required: false }, env: {}, flags: [], dataFolder: directory, cwd: directory, clock, machine: port, ...more });
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  return { source: source.value, clock, held, path };
}

describe("the machine's policy while the program runs", () => {
  test("is read again every ten minutes, and takes effect at once", async () => {
    const { source, clock, held } = await opened(absent);
    await using _source = source;
    const seen: unknown[] = [];
    source.onChange((config, previous) => seen.push([previous.assist?.minConfidence, config.assist?.minConfidence]));
    await clock.advance(TEN_MINUTES - 1);
    expect(held.reads).toBe(1);
    for (const [reading, value] of [[policy({ assist: { minConfidence: 0.9 } }), 0.9], [absent, 0.5]] as const) {
      held.reading = reading;
      await until(() => {
        void clock.advance(TEN_MINUTES);
        return source.current().assist?.minConfidence === value;
      });
    }
    expect(seen).toStrictEqual([[0.5, 0.9], [0.9, 0.5]]);
    expect(source.locks()).toStrictEqual([]);
  });

  test("is read when asked for, and only told when it is different", async () => {
    const { source, held } = await opened(policy({ panel: { quiet: true } }));
    await using _source = source;
    let told = 0;
    source.onMachine(() => {
      told += 1;
    });
    await source.rereadMachine();
    expect([told, held.reads]).toStrictEqual([0, 2]);
    held.reading = policy({ panel: { quiet: true } }, "Another reason");
    await source.rereadMachine();
    expect(told).toBe(1);
    expect(source.locks()).toStrictEqual([{ path: "panel.quiet", by: "machine", reason: "Another reason" }]);
  });

  test("closing gives up a reading that is under way, and leaves no timer behind", async () => {
    const { source, clock } = await opened(absent);
    const reading = source.rereadMachine();
    await source[Symbol.asyncDispose]();
    await reading;
    expect(clock.pending()).toBe(0);
  });
});

describe("a change of a locked key", () => {
  test("is refused with IT's reason, whoever asks, and the file stays as it is", async () => {
    const { source, path } = await opened(policy({ panel: { quiet: true }, desktop: { dock: "left" } }));
    await using _source = source;
    const before = await readFile(path, "utf8");
    for (const [patch, key] of [[{ display: { quiet: false } }, "panel.quiet"], [{ desktop: { dock: "right" as const } }, "desktop.dock"]] as const) {
      expect(await source.change(patch)).toStrictEqual({ ok: false, error: { kind: "policy", code: "not-allowed", detail: `${key}: set by IT for this machine: Ask IT` } });
    }
    expect(await readFile(path, "utf8")).toBe(before);
    expect(await source.change({ display: { theme: "dark" } })).toMatchObject({ ok: true });
    expect(source.current().panel).toMatchObject({ quiet: true, theme: "dark" });
  });

  test("does not hold the section around it, which may come and go; what is locked in it holds all the same", async () => {
    const { source } = await opened(policy({ assist: { minConfidence: 0.9 } }));
    await using _source = source;
    expect(await source.change({ set: [{ path: ["assist"], value: { orgDomain: "y.example", minConfidence: 0.1 } }] })).toMatchObject({ ok: true });
    expect(source.current().assist).toMatchObject({ orgDomain: "y.example", minConfidence: 0.9 });
    expect(await source.change({ set: [{ path: ["assist"], value: undefined }] })).toMatchObject({ ok: true });
    expect(source.current().assist).toBeUndefined();
    expect(await source.change({ set: [{ path: ["assist", "minConfidence"], value: 0.1 }] })).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  });

  test("an edit of the file does not reach it either", async () => {
    const { source, path } = await opened(policy({ assist: { minConfidence: 0.9 } }));
    await using _source = source;
    await writeFile(path, JSON.stringify({ ...FILE, assist: { ...FILE.assist, minConfidence: 0.1 }, panel: { theme: "dark" } }));
    await source.rereadMachine();
    expect(await source.change({ display: { cardsPerMinute: 9 } })).toMatchObject({ ok: true });
    expect(source.current()).toMatchObject({ assist: { minConfidence: 0.9 }, panel: { theme: "dark", cardsPerMinute: 9 } });
  });
});

describe("a policy that becomes unreadable", () => {
  test("holds on as it was, also over a restart, and says since when", async () => {
    const { source, held, clock } = await opened(policy({ assist: { minConfidence: 0.9 } }));
    const readAt = clock.now();
    held.reading = broken;
    await source.rereadMachine();
    expect(source.current().assist?.minConfidence).toBe(0.9);
    await source[Symbol.asyncDispose]();

    const restarted = (await opened(broken)).source;
    await using _restarted = restarted;
    expect(restarted.current().assist?.minConfidence).toBe(0.9);
    expect(restarted.machine()).toMatchObject({ keptAt: readAt, problems: [{ origin: ORIGIN, source: "machine" }] });
    expect(await restarted.change({ policy: { minConfidence: 0.1 } })).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  });

  test("and was never read: the program starts, strict and loud", async () => {
    const { source } = await opened(broken);
    await using _source = source;
    expect(source.current().assist?.minConfidence).toBe(0.75);
    expect(source.machine()).toMatchObject({ keptAt: null, problems: [{ origin: ORIGIN }] });
    expect(source.locks().map(({ path }) => path)).toContain("assist.minConfidence");
  });

  test("a damaged copy of the last good one is no policy", async () => {
    await writeFile(join(directory, "machine-policy.json"), '{"version":1,"rules":[{"path":"x"}]}');
    const { source } = await opened(broken);
    await using _source = source;
    expect(source.machine()).toMatchObject({ keptAt: null, rules: { rules: [], unknown: ORIGIN } });
  });

  test("one that cannot be kept is told, because it would not outlive a mistake", async () => {
    const kept = { ...diskConfigFile("x"), read: async () => ({ ok: true as const, value: null }), replace: async () => ({ ok: false as const, error: { kind: "transport" as const, code: "disk" as const, detail: "x cannot be written (EACCES)" } }) };
    const { source } = await opened(absent, { machine: { kept, read: async () => [policy({ panel: { quiet: true } })] } });
    await using _source = source;
    expect(source.current().panel.quiet).toBe(true);
    expect(source.machine().problems).toMatchObject([{ found: "x cannot be written (EACCES)" }]);
  });
});

describe("a policy that takes more than is there", () => {
  test("of an agent's id holds agent assist back until it is given, and nothing else", async () => {
    const { source, held } = await opened(absent);
    await using _source = source;
    held.reading = policy({ panel: { role: "agent", quiet: true } });
    await source.rereadMachine();
    expect(source.current()).toMatchObject({ panel: { role: "agent", quiet: true }, assist: undefined });
    expect(source.problems()).toBeNull();
    expect(source.machine()).toMatchObject({ problems: [], agentWanted: { path: "assist.agentId", origin: ORIGIN } });
    expect(await source.change({ set: [{ path: ["assist", "agentId"], value: "a1" }] })).toMatchObject({ ok: true });
    expect(source.current()).toMatchObject({ panel: { role: "agent" }, assist: { agentId: "a1" } });
    expect(source.machine().agentWanted).toBeNull();
  });

  test("leaves its other keys in force, and is told once as IT's", async () => {
    const { source, held } = await opened(absent);
    await using _source = source;
    let told = 0;
    source.onMachine(() => {
      told += 1;
    });
    held.reading = policy({ updates: { url: "https://updates.example" }, assist: { minConfidence: 0.9 } });
    await source.rereadMachine();
    expect(source.current().assist?.minConfidence).toBe(0.9);
    expect(source.problems()).toBeNull();
    expect(source.machine().problems).toMatchObject([{ path: "updates.publicKey", source: "machine", origin: ORIGIN }]);
    expect(told).toBe(1);
  });
});

describe("what IT sets anew while the person's file cannot be used", () => {
  test.each([
    ["broken", (path: string) => writeFile(path, "{ oops")],
    ["refused", (path: string) => writeFile(path, JSON.stringify({ ...FILE, panel: { quiet: "loud" } }))],
    ["gone", (path: string) => rm(path)],
  ])("holds at once, over the last good settings: the file is %s", async (_case, spoil) => {
    const { source, held, path, clock } = await opened(policy({ assist: { minConfidence: 0.6 } }));
    await using _source = source;
    await spoil(path);
    held.reading = policy({ assist: { minConfidence: 0.9, prohibitedPhrases: ["never"] } });
    await source.rereadMachine();
    expect(source.current()).toMatchObject({ assist: { orgDomain: "x.example", minConfidence: 0.9, prohibitedPhrases: ["never"] }, panel: { theme: "light" } });
    expect(source.problems()).not.toBeNull();
    held.reading = absent;
    await source.rereadMachine();
    expect(source.current().assist?.minConfidence).toBe(0.5);
    await writeFile(path, JSON.stringify({ ...FILE, panel: { quiet: true } }));
    await until(() => {
      void clock.advance(2_000);
      return source.current().panel.quiet;
    });
    expect(source.problems()).toBeNull();
  });
});
