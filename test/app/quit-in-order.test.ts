import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished, describe, expect, test } from "vitest";
import { verifyAudit } from "../../electron/audit/verify.ts";
import { stopInTime } from "../../electron/desktop/stop-in-time.ts";
import type { FilePort } from "../../electron/files/file-port.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { startFreezingRelay } from "../support/freezing-relay.ts";
import { configFor, openProgram, startPlatform, type PlatformUnderTest, type Program } from "../support/program.ts";
import { startScriptedGenesys } from "../support/scripted-genesys.ts";
import { startRuntime, type ScriptedRuntime } from "../support/scripted-runtime.ts";
import { until } from "../support/until.ts";

/** Those of the desktop program. */
const closingLimits = { partMs: 700, workMs: 2_200 };

async function platformHere(): Promise<PlatformUnderTest> {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  return platform;
}

async function runtimeHere(): Promise<ScriptedRuntime> {
  const runtime = await startRuntime();
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  return runtime;
}

const isUp = (program: Program): boolean => (["stream", "tunnel", "bridge"] as const).every((name) => program.app.connection(name).state.kind === "connected");

/** Quits as the desktop program does; time goes on while the disk and this machine's network do. */
async function quit(program: Program) {
  const left: string[] = [];
  const began = program.clock.monotonic();
  let ended: number | null = null;
  void stopInTime(() => program.app[Symbol.asyncDispose](), {
    clock: program.clock,
    budgetMs: 3_000,
    hurry: new AbortController().signal,
    stillOpen: () => program.app.openParts(),
    onLeft: (why, parts) => void left.push(`${why}: ${parts.join(", ")}`),
    onBug: (bug) => void left.push(String(bug)),
  }).then(() => (ended = program.clock.monotonic() - began));
  // In small steps: disk and workers take real time, and the program's must not run ahead of them.
  for (let step = 0; step < 1_550; step += 1) {
    if (ended !== null) break;
    await program.pass(2);
  }
  return { ms: ended ?? Number.NaN, left };
}

describe("quitting", () => {
  test("closes bridge and tunnel with 1000 before the audit file is closed, and well within its time", async () => {
    const platform = await platformHere();
    const runtime = await runtimeHere();
    const genesys = await startScriptedGenesys();
    const goodbyes: string[] = [];
    const seen: string[] = [];
    const files: FilePort = {
      ...nodeFiles,
      async openAppend(path) {
        const handle = await nodeFiles.openAppend(path);
        return {
          ...handle,
          async close() {
            seen.push(`${path.includes("audit") ? "audit" : "other"} closes after ${goodbyes.join(", ")}`);
            await handle.close();
          },
        };
      },
    };
    const { tunnel, bridge } = platform.sandbox.config();
    const { tokenUrl, apiUrl, socketUrl, botId } = runtime.platform();
    const program = await openProgram({
      config: configFor(platform, {}, { tunnel: { ...tunnel, tokenUrl, apiUrl, socketUrl, botId }, bridge: { ...bridge, tokenUrl: genesys.tokenUrl, apiUrl: genesys.apiUrl, socketUrl: genesys.socketUrl } }),
      env: { ...platform.sandbox.env() },
      files,
      closingLimits,
    });
    await program.passUntil(() => isUp(program), 60_000, "all three are connected");
    genesys.stream.connections.at(-1)?.on("close", (code) => goodbyes.push(`bridge ${code}`));
    runtime.stream.connections.at(-1)?.on("close", (code) => goodbyes.push(`tunnel ${code}`));
    const { ms, left } = await quit(program);
    expect(left).toEqual([]);
    expect(ms).toBeLessThan(1_500);
    expect(goodbyes).toEqual(["bridge 1000", "tunnel 1000"]);
    expect(seen.findLast((one) => one.startsWith("audit"))).toBe("audit closes after bridge 1000, tunnel 1000");
    const audit = await program.audit();
    expect(audit.map(({ event }) => event)).toContain("tunnel_closed");
    expect(await verifyAudit(program.auditDirectory)).toMatchObject({ kind: "whole" });
  });

  test("ends within three seconds though the tunnel never answers the close and the bridge's bot never answers at all", async () => {
    const platform = await platformHere();
    const { tunnel, bridge } = platform.sandbox.config();
    const url = new URL(tunnel.socketUrl);
    const relay = await startFreezingRelay(Number(url.port));
    url.port = String(relay.port);
    platform.fault("dialog-timeout", 1);
    const program = await openProgram({
      config: configFor(platform, {}, { tunnel: { ...tunnel, socketUrl: url.href }, bridge }),
      env: { ...platform.sandbox.env() },
      closingLimits,
    });
    await program.passUntil(() => isUp(program), 60_000, "all three are connected");
    await until(() => platform.sandbox.stats().subscriptions >= 1, "the bridge is subscribed");
    platform.sandbox.chat({ conversationId: "chat", text: "Where is my order?" });
    // Nothing of it waits for the program's clock but what gathers; the message itself comes in real time.
    const isAsked = (): boolean => (program.app.bridge.view()?.queue.working ?? 0) > 0;
    for (let left = 6_000; !isAsked() && left > 0; left -= 1) await program.pass(1);
    expect(isAsked()).toBe(true);
    relay.freeze();
    const { ms, left } = await quit(program);
    expect(ms).toBeGreaterThanOrEqual(2_200);
    expect(ms).toBeLessThanOrEqual(3_000);
    expect(left).toEqual([]);
    // The records were closed all the same, and say what was not.
    expect(await verifyAudit(program.auditDirectory)).toMatchObject({ kind: "whole" });
    const log = await readFile(join(program.folder, "data", "logs", "callside.log"), "utf8");
    expect(log).toMatch(/"closed before it was finished","parts":\["bridge"/);
  });
});
