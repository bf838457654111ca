import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile, chmod, lstat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConfigFilePort } from "../../electron/config/config-file.ts";
import { diskConfigFile } from "../../electron/config/config-file.ts";
import { flagOverrides } from "../../electron/config/config-flags.ts";
import type { ConfigProblem } from "../../electron/config/config-problem.ts";
import type { ConfigSource, ConfigSourceOptions } from "../../electron/config/config-source.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { err, ok } from "../../shared/result.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const BASE = { assist: { orgDomain: "x.example", minConfidence: 0.5 }, panel: { quiet: false } };
const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const withConfidence = (minConfidence: unknown) => text({ ...BASE, assist: { ...BASE.assist, minConfidence } });

let directory = "";
let path = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-test-"));
  path = join(directory, "callside.config.json");
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function options(more: Partial<ConfigSourceOptions> = {}): ConfigSourceOptions {
  return { file: { path, required: false }, env: {}, flags: [], dataFolder: directory, cwd: directory, clock: systemClock, ...more };
}

async function opened(more: Partial<ConfigSourceOptions> = {}): Promise<ConfigSource> {
  const source = await openConfig(options(more));
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  return source.value;
}

const nextChange = (source: ConfigSource): Promise<number | undefined> =>
  new Promise((resolve) => {
    const end = source.onChange((config) => {
      end();
      resolve(config.assist?.minConfidence);
    });
  });

const nextProblem = (source: ConfigSource): Promise<readonly ConfigProblem[] | null> =>
  new Promise((resolve) => {
    const end = source.onProblem((problems) => {
      end();
      resolve(problems);
    });
  });

describe("opening", () => {
  test("a file that a person named must exist; the one at the usual place need not", async () => {
    const named = await openConfig(options({ file: { path, required: true } }));
    expect(named).toMatchObject({ ok: false, error: [{ found: "no such file", origin: path }] });
    await using source = await opened();
    expect(source.current().assist).toBeUndefined();
  });

  test("a folder in the place of the file is told, not thrown", async () => {
    await mkdir(path);
    const source = await openConfig(options());
    expect(source).toMatchObject({ ok: false, error: [{ path: "" }] });
  });

  test("a file with mistakes is not opened", async () => {
    await writeFile(path, withConfidence(7));
    expect(await openConfig(options())).toMatchObject({ ok: false, error: [{ path: "assist.minConfidence", found: "7" }] });
  });
});

describe("a change on disk (real files, real watch)", () => {
  test("takes effect by itself, and tells the value before", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened();
    const seen = new Promise<readonly [unknown, unknown]>((resolve) => {
      source.onChange((config, previous) => {
        resolve([previous.assist?.minConfidence, config.assist?.minConfidence]);
      });
    });
    await writeFile(path, withConfidence(0.9));
    expect(await seen).toStrictEqual([0.5, 0.9]);
    expect(source.current().assist?.minConfidence).toBe(0.9);
  });

  test("keys for a shortcut that nothing may have leave the last ones at work, and the place is told", async () => {
    const withShow = (show: string): string => text({ desktop: { shortcuts: { show } } });
    await writeFile(path, withShow("Alt+Space"));
    await using source = await opened();
    const heard = nextProblem(source);
    await writeFile(path, withShow("Shift+Space"));
    expect(await heard).toMatchObject([{ path: "desktop.shortcuts.show", found: '"Shift+Space"', allowed: expect.stringContaining("joined by +"), place: { line: 4 } }]);
    expect(source.current().desktop.shortcuts.show).toBe("Alt+Space");
    const mended = nextProblem(source);
    await writeFile(path, withShow("Super+Space"));
    expect(await mended).toBeNull();
    expect(source.current().desktop.shortcuts.show).toBe("Super+Space");
  });

  test("so does a new file that is put in its place, again and again", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened();
    for (const value of [0.6, 0.7, 0.8]) {
      const change = nextChange(source);
      await writeFile(join(directory, "new.tmp"), withConfidence(value));
      await rename(join(directory, "new.tmp"), path);
      expect(await change).toBe(value);
    }
  });

  test("a bad edit keeps the last good value and says so; mending it says that too", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened();
    const told = nextProblem(source);
    await writeFile(path, withConfidence("high"));
    expect(await told).toMatchObject([{ path: "assist.minConfidence", found: '"high"' }]);
    expect(source.problems()).toHaveLength(1);
    expect(source.current().assist?.minConfidence).toBe(0.5);
    const mended = nextProblem(source);
    await writeFile(path, text(BASE));
    expect(await mended).toBeNull();
    expect(source.problems()).toBeNull();
  });

  test("deleting the file keeps the last good value and says so; putting it back mends it", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened();
    const told = nextProblem(source);
    await rm(path);
    expect(await told).toMatchObject([{ found: "no such file", origin: path }]);
    expect(source.current().assist?.minConfidence).toBe(0.5);
    const change = nextChange(source);
    await writeFile(path, withConfidence(0.6));
    expect(await change).toBe(0.6);
    expect(source.problems()).toBeNull();
  });

  test("a file in a folder that is made later is found", async () => {
    path = join(directory, "later", "callside.config.json");
    await using source = await opened();
    const change = nextChange(source);
    await mkdir(join(directory, "later"));
    await writeFile(path, text(BASE));
    expect(await change).toBe(0.5);
  });
});

/** A file in memory whose changes the test itself announces. */
function heldFile(first: string | null) {
  let held = first;
  let readable = true;
  let touched: (() => void) | null = null;
  const port: ConfigFilePort = {
    read: () => Promise.resolve(readable ? ok(held) : err({ kind: "transport", code: "disk", detail: "EIO" })),
    replace: (value) => {
      held = value;
      touched?.();
      return Promise.resolve(ok(null));
    },
    stamp: () => Promise.resolve(`${held?.length ?? -1}`),
    watch: (listener) => {
      touched = listener;
      return () => {
        touched = null;
      };
    },
  };
  return {
    port,
    held: () => held,
    write(value: string | null, tell = true) {
      held = value;
      if (tell) touched?.();
    },
    break(broken: boolean) {
      readable = !broken;
      touched?.();
    },
    watched: () => touched !== null,
  };
}

describe("watching (fake clock)", () => {
  let clock: FakeClock = createFakeClock();
  beforeEach(() => {
    clock = createFakeClock();
  });

  function record(source: ConfigSource) {
    const changes: unknown[] = [];
    const problems: unknown[] = [];
    source.onChange((config) => changes.push(config.assist?.minConfidence));
    source.onProblem((found) => problems.push(found?.map((one) => one.path) ?? null));
    return { changes, problems };
  }

  test("a file that is still being written is looked at once more before it is called wrong", async () => {
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const seen = record(source);
    file.write('{"assist": {"orgDom');
    await clock.advance(100);
    file.write(withConfidence(0.6), false);
    await clock.advance(1_000);
    expect(seen).toStrictEqual({ changes: [0.6], problems: [] });
  });

  test("a file that stays broken is told once, however often it is touched", async () => {
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const seen = record(source);
    for (let count = 0; count < 5; count += 1) {
      file.write("{");
      await clock.advance(5_000);
    }
    expect(seen.problems).toStrictEqual([[""]]);
    file.write(text(BASE));
    await clock.advance(5_000);
    expect(seen).toStrictEqual({ changes: [], problems: [[""], null] });
  });

  test("a burst of saves is one change, and saving the same values is none", async () => {
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const seen = record(source);
    for (const value of [0.6, 0.7, 0.8]) {
      file.write(withConfidence(value));
      await clock.advance(20);
    }
    await clock.advance(5_000);
    file.write(JSON.stringify(JSON.parse(withConfidence(0.8))));
    await clock.advance(5_000);
    expect(seen).toStrictEqual({ changes: [0.8], problems: [] });
  });

  test("a change that no watch tells of is found by looking now and then", async () => {
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const seen = record(source);
    file.write(withConfidence(0.123), false);
    await clock.advance(5_000);
    expect(seen.changes).toStrictEqual([0.123]);
  });

  test("a disk that cannot be read keeps the last good value and says so", async () => {
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const seen = record(source);
    file.break(true);
    await clock.advance(5_000);
    expect(source.current().assist?.minConfidence).toBe(0.5);
    file.break(false);
    await clock.advance(5_000);
    expect(seen).toStrictEqual({ changes: [], problems: [[""], null] });
  });

  test("closing leaves no watch and no timer, and nothing is told afterwards", async () => {
    const file = heldFile(text(BASE));
    const source = await opened({ clock, port: file.port });
    const seen = record(source);
    file.write(withConfidence(0.6));
    await source[Symbol.asyncDispose]();
    expect(file.watched()).toBe(false);
    await clock.advance(10_000);
    expect(clock.pending()).toBe(0);
    expect(seen).toStrictEqual({ changes: [], problems: [] });
    expect(await source.change({ display: { quiet: true } })).toMatchObject({ ok: false });
    expect(file.held()).toBe(withConfidence(0.6));
  });

  test("a listener that was taken off hears nothing", async () => {
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const changes: unknown[] = [];
    source.onChange((config) => changes.push(config))();
    await source.change({ display: { quiet: true } });
    expect(changes).toStrictEqual([]);
  });
});

describe("a change from the panel", () => {
  test("takes effect at once and stands in the file, order and unknown formatting kept as far as JSON has it", async () => {
    const written = '\uFEFF{\r\n\t"$schema": "./s.json",\r\n\t"panel": { "theme": "dark" },\r\n\t"assist": { "orgDomain": "x.example" }\r\n}\r\n';
    await writeFile(path, written);
    await using source = await opened();
    const seen: unknown[] = [];
    source.onChange((config) => seen.push([config.assist?.keywords, config.panel.quiet]));
    expect(await source.change({ triggers: { keywords: ["card"] }, display: { quiet: true } })).toStrictEqual({ ok: true, value: null });
    expect(seen).toStrictEqual([[["card"], true]]);
    expect(await readFile(path, "utf8")).toBe(
      '\uFEFF{\r\n\t"$schema": "./s.json",\r\n\t"panel": {\r\n\t\t"theme": "dark",\r\n\t\t"quiet": true\r\n\t},\r\n' +
        '\t"assist": {\r\n\t\t"orgDomain": "x.example",\r\n\t\t"keywords": [\r\n\t\t\t"card"\r\n\t\t]\r\n\t}\r\n}\r\n',
    );
    expect(await readdir(directory)).toStrictEqual(["callside.config.json"]);
  });

  test("is told once, not again when the watch sees the file", async () => {
    const clock = createFakeClock();
    const file = heldFile(text(BASE));
    await using source = await opened({ clock, port: file.port });
    const seen: unknown[] = [];
    source.onChange((config) => seen.push(config.assist?.minConfidence));
    await source.change({ policy: { minConfidence: 0.9 } });
    await clock.advance(10_000);
    expect(seen).toStrictEqual([0.9]);
  });

  test("many at once all stand in the end", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened();
    const outcomes = await Promise.all([
      source.change({ policy: { minConfidence: 0.9 } }),
      source.change({ policy: { maxSuggestions: 5 } }),
      source.change({ display: { theme: "dark" } }),
    ]);
    expect(outcomes.every((one) => one.ok)).toBe(true);
    expect(JSON.parse(await readFile(path, "utf8"))).toStrictEqual({
      assist: { orgDomain: "x.example", minConfidence: 0.9, maxSuggestions: 5 },
      panel: { quiet: false, theme: "dark" },
    });
  });

  test("a value that a flag decides is refused with the flag's name, and nothing is written", async () => {
    await writeFile(path, text(BASE));
    const flags = flagOverrides(["assist.minConfidence=0.6"]);
    await using source = await opened({ flags: flags.ok ? flags.value : [] });
    expect(await source.change({ display: { quiet: true }, policy: { minConfidence: 0.9 } })).toMatchObject({
      ok: false,
      error: { kind: "policy", code: "not-allowed", detail: expect.stringContaining("--set assist.minConfidence") },
    });
    expect(await readFile(path, "utf8")).toBe(text(BASE));
    expect(source.current()).toMatchObject({ assist: { minConfidence: 0.6 }, panel: { quiet: false } });
  });

  test("of the shortcuts names those that change; the others follow the file, or stay what the program came with", async () => {
    await writeFile(path, text({ desktop: { shortcuts: { quiet: null } } }));
    await using source = await opened();
    const seen: unknown[] = [];
    source.onChange((config) => seen.push(config.desktop.shortcuts));
    expect(await source.change({ desktop: { dock: "left", shortcuts: { show: "Alt+Space" } } })).toStrictEqual({ ok: true, value: null });
    expect(seen).toStrictEqual([{ show: "Alt+Space", copyFirst: "CommandOrControl+Shift+F8", quiet: null }]);
    expect(JSON.parse(await readFile(path, "utf8"))).toStrictEqual({ desktop: { shortcuts: { quiet: null, show: "Alt+Space" }, dock: "left" } });
  });

  test("of one shortcut is refused where a flag decides it, and that of another is not", async () => {
    const flags = flagOverrides(["desktop.shortcuts.show=Alt+Space"]);
    await using source = await opened({ flags: flags.ok ? flags.value : [] });
    expect(await source.change({ desktop: { shortcuts: { show: null } } })).toMatchObject({ ok: false, error: { code: "not-allowed", detail: expect.stringMatching(/^desktop\.shortcuts\.show is set by --set/u) } });
    expect(await source.change({ desktop: { shortcuts: { quiet: null } } })).toStrictEqual({ ok: true, value: null });
    expect(source.current().desktop.shortcuts).toStrictEqual({ show: "Alt+Space", copyFirst: "CommandOrControl+Shift+F8", quiet: null });
  });

  test("what the file would be refused with is refused", async () => {
    await writeFile(path, text({ panel: {} }));
    await using source = await opened();
    expect(await source.change({ policy: { minConfidence: 0.9 } })).toMatchObject({
      ok: false,
      error: { code: "invalid-input", detail: expect.stringContaining("assist.orgDomain") },
    });
    expect(await readFile(path, "utf8")).toBe(text({ panel: {} }));
  });

  test("a half-done edit of a person is not overwritten", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened({ watch: false });
    for (const edit of ["{ half", withConfidence(7)]) {
      await writeFile(path, edit);
      expect(await source.change({ display: { quiet: true } })).toMatchObject({ ok: false, error: { code: "invalid-input" } });
      expect(await readFile(path, "utf8")).toBe(edit);
    }
  });

  test("a person's good edit that was not noticed yet is kept and takes effect with it", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened({ watch: false });
    await writeFile(path, withConfidence(0.6));
    await source.change({ display: { quiet: true } });
    expect(source.current()).toMatchObject({ assist: { minConfidence: 0.6 }, panel: { quiet: true } });
  });

  test("where there is no file yet it is made, its folder too, for the user's eyes only", async () => {
    path = join(directory, "deep", "callside.config.json");
    await using source = await opened();
    await source.change({ display: { theme: "dark" } });
    expect(await readFile(path, "utf8")).toBe(text({ panel: { theme: "dark" } }));
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("a file that was deleted comes back as what is in effect, with the change", async () => {
    await writeFile(path, text(BASE));
    await using source = await opened({ watch: false });
    await rm(path);
    await source.change({ display: { quiet: true } });
    expect(JSON.parse(await readFile(path, "utf8"))).toStrictEqual({ ...BASE, panel: { quiet: true } });
  });

  test("without a file it is held in memory", async () => {
    await using source = await opened({ file: null });
    expect(await source.change({ display: { theme: "dark" } })).toMatchObject({ ok: true });
    await source.change({ display: { quiet: true } });
    expect(source.current().panel).toMatchObject({ theme: "dark", quiet: true });
    expect(await readdir(directory)).toStrictEqual([]);
  });

  test.runIf(process.platform !== "win32")("a link stays a link, and the file keeps its mode", async () => {
    const target = join(directory, "real.json");
    await writeFile(target, text(BASE));
    await chmod(target, 0o640);
    await symlink(target, path);
    await using source = await opened();
    await source.change({ display: { quiet: true } });
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect((await stat(target)).mode & 0o777).toBe(0o640);
    expect(JSON.parse(await readFile(target, "utf8"))).toMatchObject({ panel: { quiet: true } });
  });

  test("a disk that cannot be written is told, and the old value stays in effect", async () => {
    await writeFile(path, text(BASE));
    const port: ConfigFilePort = {
      ...diskConfigFile(path),
      replace: () => Promise.resolve(err({ kind: "transport", code: "disk", detail: "no space" })),
    };
    await using source = await opened({ port });
    expect(await source.change({ display: { quiet: true } })).toMatchObject({ ok: false, error: { code: "disk" } });
    expect(source.current().panel.quiet).toBe(false);
  });

  test("writing where a folder is missing a permission leaves nothing behind", async () => {
    await writeFile(join(directory, "file"), "");
    const port = diskConfigFile(join(directory, "file", "callside.config.json"));
    expect(await port.replace("{}")).toMatchObject({ ok: false, error: { code: "disk" } });
    expect(await readdir(directory)).toStrictEqual(["file"]);
  });
});
