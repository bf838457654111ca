import { onTestFinished, describe, expect, test } from "vitest";
import { connectionNameSchema, type ConnectionName } from "../../shared/connection.ts";
import { startFreezingRelay } from "../support/freezing-relay.ts";
import { configFor, openProgram, startPlatform, type Program } from "../support/program.ts";
import { until } from "../support/until.ts";

const names: readonly ConnectionName[] = connectionNameSchema.options;

/** A program with stream, tunnel and bridge up, each through a relay of its own. */
async function connected(addresses?: () => readonly string[]) {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const { assist, tunnel, bridge } = platform.sandbox.config();
  const relayed = async (address: string) => {
    const url = new URL(address);
    const relay = await startFreezingRelay(Number(url.port));
    url.port = String(relay.port);
    return { relay, url: url.href };
  };
  const ways = { stream: await relayed(assist.streamUrl), tunnel: await relayed(tunnel.socketUrl), bridge: await relayed(bridge.socketUrl) };
  const program = await openProgram({
    config: configFor(platform, { streamUrl: ways.stream.url }, { tunnel: { ...tunnel, socketUrl: ways.tunnel.url }, bridge: { ...bridge, socketUrl: ways.bridge.url }, history: {} }),
    env: { ...platform.sandbox.env() },
    ...(addresses === undefined ? {} : { addresses }),
  });
  const isUp = (): boolean => names.every((name) => program.app.connection(name).state.kind === "connected");
  // Some waits between request and connection are on the program's clock, and the runtime's pong on the platform's.
  const up = async (): Promise<void> => {
    await program.passUntil(isUp, 60_000, "all three are connected");
  };
  await up();
  return { platform, program, ways, isUp, made: () => names.map((name) => ways[name].relay.made()) };
}

const since = (program: Program) => names.map((name) => program.app.connection(name).state);

describe("after the machine slept, with connections that are open and dead", () => {
  test("stream, tunnel and bridge each have a new one at once, without a ping's time limit", async () => {
    const { program, ways, isUp, made } = await connected();
    const before = made();
    for (const name of names) ways[name].relay.freeze();
    const states = since(program);
    expect(states.map(({ kind }) => kind)).toEqual(["connected", "connected", "connected"]);
    const slept = program.clock.monotonic();
    program.app.wake();
    await until(() => made().every((count, index) => count === (before[index] ?? 0) + 1), "each has dialled anew");
    // The bridge and the tunnel speak before they count; none of it needs time to pass.
    await until(isUp, "all three are connected again");
    expect(program.clock.monotonic() - slept).toBe(0);
    await program.pass(3_000);
    expect(isUp()).toBe(true);
    expect(made()).toEqual(before.map((count) => count + 1));
  });

  test("carry what is said afterwards", async () => {
    const { platform, program, ways, isUp } = await connected();
    platform.say("Hello");
    await until(() => program.texts().includes("Hello"));
    for (const name of names) ways[name].relay.freeze();
    program.app.wake();
    await until(isUp);
    await until(() => platform.sandbox.stats().subscriptions >= 2, "the bridge has subscribed anew");
    platform.say("Are you still there?");
    await until(() => program.texts().includes("Are you still there?"));
  });

  test("waking, unlocking and another network are one new connection each", async () => {
    let addresses: readonly string[] = ["10.0.0.7"];
    const { program, ways, isUp, made } = await connected(() => addresses);
    const before = made();
    for (const name of names) ways[name].relay.freeze();
    addresses = ["192.168.1.20"];
    program.app.wake();
    await until(isUp);
    await program.pass(700);
    program.app.wake();
    await program.pass(10_000);
    expect(isUp()).toBe(true);
    expect(made()).toEqual(before.map((count) => count + 1));
  });
});
