import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MARK_FILE_NAME } from "../../electron/updates/install-mark.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { packageBytes } from "../support/signed-feed.ts";
import { until } from "../support/until.ts";
import { updatesBench } from "../support/updates-bench.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The pause after a first failure, where chance says 0.5. */
const FIRST_PAUSE = 45_000;

describe("updates are off, with why", () => {
  it.each([
    ["without an address", { settings: null }, "no address for updates is configured"],
    ["where others update it", { program: { installation: async () => ({ kind: "other", why: "byIt" }) } }, "this program is updated by your IT"],
    ["on a network that cannot be opened", { program: { openNetwork: async () => ({ ok: false, error: { kind: "policy", code: "disk", detail: "network.caFile: /ca.pem cannot be read" } }) } }, /caFile/],
  ] as const)("%s", async (_what, options, why) => {
    const bench = await updatesBench(options as Parameters<typeof updatesBench>[0]);
    await until(() => bench.state().kind === "off" && !JSON.stringify(bench.state()).includes("by a package"));
    const state = bench.state();
    expect(state.kind === "off" ? state.why : "").toMatch(why);
    expect(bench.commands()).toBeNull();
    await bench.clock.advance(24 * HOUR);
    expect(bench.server.requests).toEqual([]);
  });

  it("and on when the configuration says so while it runs, and off again", async () => {
    const bench = await updatesBench({ settings: null });
    await until(() => JSON.stringify(bench.state()).includes("no address"));
    bench.publishVersion("1.1.0");
    bench.change({});
    await bench.getReady();
    bench.change(null);
    await bench.reached("off");
    expect(bench.commands()).toBeNull();
    expect(bench.clock.pending()).toBe(0);
  });
});

describe("looking", () => {
  it("begins after a part of ten minutes that chance decides, and goes on every few hours", async () => {
    const bench = await updatesBench({ random: () => 0.5, settings: { checkHours: 2 } });
    bench.publishVersion("1.0.0");
    await bench.on();
    await bench.clock.advance(5 * MINUTE - 1);
    expect(bench.state()).toEqual({ kind: "idle", checkedAt: null });
    await bench.clock.advance(1);
    expect(bench.state()).toEqual({ kind: "checking" });
    await bench.reached("idle");
    expect(bench.state()).toEqual({ kind: "idle", checkedAt: bench.clock.now() });
    expect(bench.server.requests).toHaveLength(2);
    await bench.clock.advance(2 * HOUR - 1);
    expect(bench.server.requests).toHaveLength(2);
    await bench.clock.advance(1);
    await until(() => bench.server.requests.length === 4);
    await bench.reached("idle");
  });

  it("loads what it finds behind the work, without an install", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0", { releaseNotes: "Quieter." });
    await bench.getReady();
    expect(bench.state()).toEqual({ kind: "ready", version: "1.1.0", notes: "Quieter." });
    await bench.clock.advance(24 * HOUR);
    await bench.part[Symbol.asyncDispose]();
    await bench.handover.run();
    expect([bench.updater.installs, bench.done]).toEqual([[], []]);
  });

  it("keeps quiet of a rollout that has not come here, and says so to whoever asks", async () => {
    const bench = await updatesBench({ random: () => 0.5 });
    bench.publishVersion("1.1.0", { stagingPercentage: 50 });
    await bench.on();
    await bench.clock.advance(5 * MINUTE);
    await until(() => bench.server.requests.length === 2);
    await bench.reached("idle");
    expect(bench.state()).toEqual({ kind: "idle", checkedAt: bench.clock.now() });
    bench.commands()?.check();
    await until(() => "held" in bench.state());
    expect(bench.state()).toMatchObject({ kind: "idle", held: "1.1.0" });
    bench.publishVersion("1.1.0", { stagingPercentage: 51 });
    await bench.getReady();
  });

  it("tells what went wrong, tries again by itself after a pause that grows, and then it is well", async () => {
    const bench = await updatesBench({ random: () => 0.999_999 });
    await bench.on();
    bench.commands()?.check();
    await bench.reached("failed");
    expect(bench.state()).toMatchObject({ what: "There is no latest-linux.yml at the address for updates.", at: bench.clock.now() });
    await bench.clock.advance(MINUTE);
    await until(() => bench.server.requests.length === 2);
    await bench.reached("failed");
    await bench.clock.advance(MINUTE);
    expect(bench.server.requests).toHaveLength(2);
    bench.publishVersion("1.1.0");
    await bench.clock.advance(MINUTE);
    await bench.reached("ready");
  });

  it("takes no package of a feed that is not its maker's, and asks for none", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.serve("latest-linux.yml.sig", `${"A".repeat(86)}==`);
    await bench.on();
    bench.commands()?.check();
    await bench.reached("failed");
    expect(bench.state()).toMatchObject({ what: "The update is not signed by its maker." });
    expect(bench.server.requests.map(({ path }) => path)).toEqual(["/latest-linux.yml", "/latest-linux.yml.sig"]);
    expect(bench.logged).toContain(`warn update refused {"why":"wrong-signature"}`);
  });

  it("loads a newer version in the place of one that is ready, and lets go of one that was withdrawn", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    await bench.getReady();
    bench.publishVersion("1.2.0");
    bench.commands()?.check();
    expect(bench.state().kind).toBe("ready");
    await until(() => JSON.stringify(bench.state()).includes("1.2.0") && bench.state().kind === "ready");
    bench.publishVersion("1.0.0");
    await bench.clock.advance(4 * HOUR);
    await bench.reached("idle");
    expect(bench.commands()?.install()).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  });
});

describe("loading", () => {
  it("goes on behind a break after a pause", async () => {
    const bench = await updatesBench({ random: () => 0.5 });
    const bytes = packageBytes(200_000, "broken");
    bench.publishVersion("1.1.0", {}, bytes);
    const ranges: (string | undefined)[] = [];
    bench.serve("Callside-1.1.0-linux-x86_64.AppImage", ({ headers }, response) => {
      ranges.push(headers.range);
      if (headers.range === undefined) {
        response.writeHead(200, { "content-length": bytes.length });
        response.write(bytes.subarray(0, 50_000), () => response.destroy());
      } else response.writeHead(206, { "content-range": `bytes ${headers.range.replace(/\D/g, "")}-${bytes.length - 1}/${bytes.length}` }).end(bytes.subarray(Number(headers.range.replace(/\D/g, ""))));
    });
    await bench.on();
    bench.commands()?.check();
    await bench.reached("failed");
    expect(bench.state()).toMatchObject({ what: expect.stringContaining("The place that updates come from cannot be reached."), remedy: "Nothing to do: it is tried again by itself." });
    await bench.clock.advance(FIRST_PAUSE);
    await bench.reached("ready");
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d+-$/)]);
  });

  it("does not take another package than the one that was signed", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0", {}, packageBytes(5_000, "signed"));
    bench.serve("Callside-1.1.0-linux-x86_64.AppImage", packageBytes(5_000, "swapped"));
    await bench.on();
    bench.commands()?.check();
    await bench.reached("failed");
    expect(bench.state()).toMatchObject({ what: "The package of version 1.1.0 is not the one that was signed." });
  });

  it("ends when the program does, and leaves nothing behind", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.serve("Callside-1.1.0-linux-x86_64.AppImage", (_request, response) => {
      response.writeHead(200).write("x");
    });
    await bench.on();
    bench.commands()?.check();
    await bench.reached("loading");
    await until(() => bench.server.requests.length === 3);
    await bench.part[Symbol.asyncDispose]();
    expect([bench.clock.pending(), bench.listeners.size, bench.commands(), bench.updater.events.listenerCount("error")]).toEqual([0, 0, null, 0]);
    expect(bench.bugs).toEqual([]);
  });
});

describe("installing", () => {
  it("begins at once where no interaction is live: the program ends first, then the installer takes over", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.interaction("one", "ended");
    await bench.getReady();
    expect(bench.commands()?.install()).toEqual({ ok: true, value: null });
    expect(bench.state()).toEqual({ kind: "installing", version: "1.1.0" });
    await until(() => bench.done.length > 0);
    expect([bench.done, bench.updater.installs]).toEqual([["quit"], []]);
    expect(JSON.parse(await readFile(join(bench.dataFolder, "updates", MARK_FILE_NAME), "utf8"))).toEqual({ version: 1, from: "1.0.0", to: "1.1.0" });
    await bench.part[Symbol.asyncDispose]();
    await bench.handover.run();
    expect([bench.done, bench.updater.installs]).toEqual([["quit", "release the lock"], [[true, true]]]);
    expect([bench.clock.pending(), bench.updater.events.listenerCount("error")]).toEqual([0, 0]);
    await bench.handover.run();
    expect(bench.updater.installs).toHaveLength(1);
  });

  it("waits for the last interaction to end, and for ten calm seconds; one that begins meanwhile makes it wait on", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.interaction("one", "live");
    bench.interaction("two", "live");
    await bench.getReady();
    bench.commands()?.install();
    expect(bench.state()).toEqual({ kind: "waiting", version: "1.1.0" });
    bench.interaction("one", "ended");
    await bench.clock.advance(MINUTE);
    bench.interaction("two", "ended");
    await bench.clock.advance(9_000);
    bench.interaction("three", "live");
    await bench.clock.advance(MINUTE);
    expect(bench.state().kind).toBe("waiting");
    bench.interaction("three", "ended");
    await bench.clock.advance(9_900);
    expect(bench.state().kind).toBe("waiting");
    await bench.clock.advance(200);
    expect(bench.state().kind).toBe("installing");
    await until(() => bench.done.length > 0);
    expect(bench.done).toEqual(["quit"]);
  });

  it("heeds an interaction that begins in the very moment in which it has been calm for long enough", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.interaction("one", "live");
    await bench.getReady();
    bench.commands()?.install();
    await bench.clock.advance(100);
    bench.interaction("one", "ended");
    await bench.clock.advance(9_990);
    // The panel has just been told something, so what follows is told a little later.
    bench.interaction("two", "ended");
    await bench.clock.advance(1);
    bench.interaction("three", "live");
    await bench.clock.advance(9);
    expect([bench.state().kind, bench.done]).toEqual(["waiting", []]);
  });

  it("is taken back with later, and can be asked for again", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.interaction("one", "live");
    await bench.getReady();
    expect(bench.commands()?.later()).toMatchObject({ ok: false, error: { code: "not-found-here" } });
    bench.commands()?.install();
    expect(bench.commands()?.install()).toEqual({ ok: true, value: null });
    expect(bench.commands()?.later()).toEqual({ ok: true, value: null });
    bench.interaction("one", "ended");
    await bench.clock.advance(MINUTE);
    expect([bench.state().kind, bench.done]).toEqual(["ready", []]);
    bench.commands()?.install();
    await until(() => bench.done.length > 0);
  });

  it("waits again for an interaction that begins while the package is looked at once more, and leaves no note of an install", async () => {
    const gate = Promise.withResolvers<null>();
    let closed = false;
    const files = {
      ...nodeFiles,
      async size(path: string) {
        if (closed && path.endsWith("package")) await gate.promise;
        return nodeFiles.size(path);
      },
    };
    const bench = await updatesBench({ files });
    bench.publishVersion("1.1.0");
    await bench.getReady();
    closed = true;
    bench.commands()?.install();
    expect(bench.state().kind).toBe("installing");
    // The panel has not been told of it yet.
    bench.interaction("one", "live");
    gate.resolve(null);
    await bench.reached("waiting");
    await bench.part[Symbol.asyncDispose]();
    expect(bench.done).toEqual([]);
    expect(await readdir(join(bench.dataFolder, "updates"))).not.toContain(MARK_FILE_NAME);
  });

  it("does not happen because the program quits while it waits", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    bench.interaction("one", "live");
    await bench.getReady();
    bench.commands()?.install();
    bench.interaction("one", "ended");
    await bench.clock.advance(5_000);
    expect(bench.clock.pending()).toBe(1);
    await bench.part[Symbol.asyncDispose]();
    expect(bench.clock.pending()).toBe(0);
    await bench.handover.run();
    expect([bench.updater.installs, bench.done]).toEqual([[], []]);
  });

  it("does not take a package that was changed on the disk since, and loads it again", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    await bench.getReady();
    await writeFile(join(bench.dataFolder, "played", "package"), packageBytes(5_000, "changed"));
    bench.commands()?.install();
    await bench.reached("failed");
    expect(bench.done).toEqual([]);
    await bench.clock.advance(FIRST_PAUSE);
    await bench.reached("ready");
  });

  it.each(["fails", "hangs"] as const)("starts the program again when the installer %s, and the next start tells", async (how) => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    await bench.getReady();
    bench.commands()?.install();
    await until(() => bench.done.length > 0);
    await bench.part[Symbol.asyncDispose]();
    bench.updater.at.installer = how;
    const over = bench.handover.run();
    await until(() => bench.updater.installs.length > 0);
    await bench.clock.advance(how === "hangs" ? 120_000 : 0);
    await over;
    expect(bench.done).toEqual(["quit", "release the lock", "start again"]);

    const next = await updatesBench({ folder: bench.dataFolder });
    await next.reached("failed");
    expect(next.state()).toMatchObject({ what: "Version 1.1.0 was not installed.", remedy: expect.stringContaining("Try again") });
    await next.part[Symbol.asyncDispose]();
    const third = await updatesBench({ folder: bench.dataFolder });
    await third.reached("idle");
  });

  it("is told as done in the log when the new version starts", async () => {
    const bench = await updatesBench();
    bench.publishVersion("1.1.0");
    await bench.getReady();
    bench.commands()?.install();
    await until(() => bench.done.length > 0);
    await bench.part[Symbol.asyncDispose]();
    const next = await updatesBench({ folder: bench.dataFolder, version: "1.1.0" });
    await next.reached("idle");
    expect(next.logged[0]).toBe(`info update installed {"version":"1.1.0","done":true}`);
  });
});
