import { expect, test } from "vitest";
import { describeFault } from "../../shared/fault-table.ts";
import { configFor, openProgram, startPlatform, TEST_ENV, type PlatformUnderTest, type Program, type ProgramOptions } from "../support/program.ts";
import { openScripted } from "../support/scripted-platform.ts";
import { until } from "../support/until.ts";

function against(platform: PlatformUnderTest, options: Partial<ProgramOptions> = {}): Promise<Program> {
  return openProgram({ config: configFor(platform), env: { ...platform.sandbox.env() }, ...options });
}

const panelStream = (program: Program) => program.state().connections.stream?.state;
const portOf = (platform: PlatformUnderTest): number => Number(new URL(platform.sandbox.url).port);
const kinds = (program: Program): readonly string[] => program.states.map((state) => state.kind);

/** Waits for the state in the panel itself, not only in the program behind it. */
async function shows(program: Program, kind: string): Promise<void> {
  await until(() => panelStream(program)?.kind === kind, `the panel says ${kind}`);
}

test.each([
  [400, "missing-scope", "asked for agentassist:read dialog:read analytics:write streaming:subscribe"],
  [401, "credentials", "client id and secret do not match a client"],
  [403, "forbidden", "may not use the client credentials grant"],
] as const)("a token refused with %i is told at once with what to mend, and not asked for again by itself", async (status, code, words) => {
  await using platform = await startPlatform();
  platform.fault("refuse-token", String(status));
  const program = await against(platform);
  await shows(program, "rejected");
  const fault = program.streamFault();
  expect(fault).toMatchObject({ kind: "refused", code, status });
  expect(fault?.detail).toContain(words);
  expect(fault === null ? "" : describeFault(fault).remedy).toMatch(/^Ask your administrator/u);
  await program.pass(70_000);
  expect(platform.sandbox.stats().tokenRequests).toBe(1);
  // Mended at the platform: the person's retry is all it takes.
  platform.fault("refuse-token", null);
  expect(await program.command("connection.retry", { name: "stream" })).toEqual({ ok: true, value: null });
  await shows(program, "connected");
});

test("a token endpoint that fails is tried again, with the panel saying that it reconnects", async () => {
  await using platform = await startPlatform();
  platform.fault("refuse-token", "500");
  const program = await against(platform);
  await program.passUntil(() => program.stream().kind === "reconnecting", 5_000);
  expect(program.streamFault()).toMatchObject({ code: "server-error", status: 500 });
  platform.fault("refuse-token", null);
  await program.passUntil(() => program.stream().kind === "connected", 5_000);
  expect(panelStream(program)?.kind).toBe("connected");
});

test("a scope that was not granted is named", async () => {
  await using platform = await startPlatform();
  platform.fault("missing-scope", "streaming:subscribe");
  const program = await against(platform);
  await shows(program, "rejected");
  expect(program.streamFault()).toMatchObject({ kind: "refused", code: "missing-scope" });
  expect(program.streamFault()?.detail).toContain("granted no streaming:subscribe");
  expect(program.streamFault()?.detail).not.toContain("dialog:read");
});

test("403 on the upgrade stops the attempts until the person asks for one", async () => {
  await using platform = await startPlatform();
  platform.fault("upgrade", "403");
  const program = await against(platform);
  await shows(program, "rejected");
  expect(program.streamFault()).toMatchObject({ code: "forbidden", status: 403 });
  const before = program.states.length;
  await program.pass(70_000);
  expect(program.states.length).toBe(before);
  platform.fault("upgrade", null);
  await program.command("connection.retry", { name: "stream" });
  await shows(program, "connected");
});

test("401 on the upgrade brings one new token at once; a second one in a row waits and names the credentials", async () => {
  await using platform = await startPlatform();
  platform.fault("upgrade", "401");
  const program = await against(platform);
  await shows(program, "reconnecting");
  // No time has passed: the renewal did not wait.
  expect(program.clock.monotonic()).toBe(0);
  expect(platform.sandbox.stats().tokenRequests).toBe(2);
  expect(program.streamFault()).toMatchObject({ code: "credentials", status: 401 });
  platform.fault("upgrade", null);
  await program.passUntil(() => program.stream().kind === "connected", 5_000);
});

test("a token that the platform has forgotten is replaced at once when the socket comes back", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  platform.fault("expired-tokens", "now");
  platform.fault("drop", "now");
  await shows(program, "reconnecting");
  await program.command("connection.retry", { name: "stream" });
  await shows(program, "connected");
  expect(platform.sandbox.stats().tokenRequests).toBe(2);
  expect(program.clock.monotonic()).toBe(0);
});

test("a stalled socket is told as checking when its pong is late, and replaced within ping and pong timeout", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  const silentFrom = program.clock.monotonic();
  platform.fault("stall", "now");
  await program.passUntil(() => panelStream(program)?.kind === "checking", 22_100, "checking");
  expect(program.clock.monotonic() - silentFrom).toBeGreaterThanOrEqual(22_000);
  await program.passUntil(() => panelStream(program)?.kind === "reconnecting", 8_100, "reconnecting");
  expect(program.clock.monotonic() - silentFrom).toBeLessThanOrEqual(30_100);
  expect(program.streamFault()).toMatchObject({ code: "socket-silent" });
  await program.passUntil(() => panelStream(program)?.kind === "connected", 5_000, "a new connection");
  platform.say("can you hear me");
  await until(() => program.texts().includes("can you hear me"));
});

test("a platform that stays silent is never claimed to be connected for longer than ping and late pong", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  platform.fault("stall", "on");
  await program.pass(60_000);
  expect(kinds(program)).toContain("checking");
  expect(kinds(program).filter((kind) => kind === "reconnecting").length).toBeGreaterThanOrEqual(1);
  platform.fault("stall", null);
  await program.command("connection.retry", { name: "stream" });
  await shows(program, "connected");
});

test("a connection that is alive but has nothing to say stays connected, and the panel knows when it was last heard", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  await program.pass(65_000);
  expect(kinds(program)).toEqual(["connecting", "connected"]);
  const heardAt = program.state().connections.stream?.lastHeardAt ?? 0;
  expect(program.clock.now() - heardAt).toBeLessThanOrEqual(7_000);
});

test("a dropped socket is 1006 in words, with a retry time ahead, and the panel is right again the moment it is back", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  platform.say("before the drop");
  await until(() => program.texts().length === 1);
  platform.fault("drop", "now");
  await shows(program, "reconnecting");
  const state = panelStream(program);
  expect(state).toMatchObject({ kind: "reconnecting", attempt: 1, fault: { code: "socket-abnormal", closeCode: 1006 } });
  expect(state?.kind === "reconnecting" && state.retryAt > program.clock.now()).toBe(true);
  expect(state?.kind === "reconnecting" && state.retryAt - program.clock.now() <= 2_000).toBe(true);
  // What was there stays readable meanwhile.
  expect(program.texts()).toEqual(["before the drop"]);
  await program.passUntil(() => program.stream().kind === "connected", 2_100);
  expect(panelStream(program)?.kind).toBe("connected");
  platform.say("after the drop");
  await until(() => program.texts().length === 2);
  expect(program.texts()).toEqual(["before the drop", "after the drop"]);
});

test("a request that is under way when the socket drops is answered all the same", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.stream.connections.at(-1)?.terminate();
  await shows(program, "reconnecting");
  platform.asked[0]?.reply([{ text: "Offer the refund form.", confidence: 0.9, source: "KB" }]);
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]?.suggestions).toHaveLength(1);
  expect(panelStream(program)?.kind).toBe("reconnecting");
});

test("what is replayed after a reconnect, or sent twice, doubles nothing: no line, no request, no set, no metric", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  platform.fault("duplicates", 1);
  platform.say("good morning");
  platform.say("I want a refund for the order that never came");
  await until(() => program.sets().length === 1);
  platform.fault("replay", 50);
  platform.fault("drop", "now");
  await shows(program, "reconnecting");
  await program.command("connection.retry", { name: "stream" });
  await shows(program, "connected");
  platform.fault("duplicates", null);
  platform.say("that is all");
  await until(() => program.texts().length === 3);
  expect(program.texts()).toEqual(["good morning", "I want a refund for the order that never came", "that is all"]);
  expect(program.sets()).toHaveLength(1);
  expect(platform.sandbox.stats().suggestRequests).toBe(1);
  expect(platform.sandbox.stats().socketsOpened).toBe(2);
  await program.close();
  expect(await program.metrics()).toHaveLength(3);
  expect((await program.audit()).filter((line) => line.event === "ASSIST_SUGGESTIONS")).toHaveLength(1);
});

test("frames that change places are shown in the order in which they were said", async () => {
  const { platform, program } = await openScripted();
  for (const sequence of [2, 1, 4, 3]) platform.update({ utteranceId: `u${sequence}`, sequence, transcript: `line ${sequence}` });
  await until(() => program.texts().length === 4);
  expect(program.texts()).toEqual(["line 1", "line 2", "line 3", "line 4"]);
});

test("a platform that goes away and comes back on its port: reconnecting with a retry time, and retry now works", async () => {
  const first = await startPlatform();
  const port = portOf(first);
  const program = await against(first, { random: () => 1 });
  await program.connected();
  await first[Symbol.asyncDispose]();
  await shows(program, "reconnecting");
  expect(program.streamFault()).toMatchObject({ code: "closed-by-peer", closeCode: 1001 });
  // Attempts against nothing are told as what they are, and wait longer each time.
  await program.passUntil(() => program.streamFault()?.code === "network", 20_000, "an attempt against nothing");
  const waiting = panelStream(program);
  expect(waiting?.kind === "reconnecting" && waiting.attempt >= 2 && waiting.retryAt > program.clock.now()).toBe(true);

  await using second = await startPlatform(port);
  // Back, but nobody has looked yet: the panel claims nothing.
  expect(panelStream(program)?.kind).toBe("reconnecting");
  const before = program.clock.monotonic();
  expect(await program.command("connection.retry", { name: "stream" })).toEqual({ ok: true, value: null });
  await shows(program, "connected");
  expect(program.clock.monotonic()).toBe(before);
  expect(program.streamFault()).toBeNull();
  second.say("I want a refund for the order that never came", { interactionId: "next" });
  await until(() => program.sets("next").length === 1);
  expect(program.sets("next")[0]?.origin).toBe("live");
});

test("a platform that comes back is found without anybody asking", async () => {
  const first = await startPlatform();
  const port = portOf(first);
  const program = await against(first);
  await program.connected();
  await first[Symbol.asyncDispose]();
  await shows(program, "reconnecting");
  await using second = await startPlatform(port);
  await program.passUntil(() => program.stream().kind === "connected", 65_000);
  expect(panelStream(program)?.kind).toBe("connected");
  expect(second.sandbox.stats().openSockets).toBe(1);
});

test("waking up replaces a connection that claims to be up", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  program.app.wake();
  await until(() => platform.sandbox.stats().socketsOpened === 2 && panelStream(program)?.kind === "connected");
  expect(kinds(program)).not.toContain("reconnecting");
});

test("the wall clock set back by a day neither delays the fallback nor ends the connection nor reorders anything", async () => {
  await using platform = await startPlatform();
  const program = await against(platform);
  await program.connected();
  platform.say("before the clock was set");
  await until(() => program.texts().length === 1);
  program.clock.setWall(program.clock.now() - 86_400_000);
  platform.fault("timeout", 1);
  platform.say("I want a refund");
  await until(() => platform.sandbox.stats().suggestRequests === 1);
  await program.passUntil(() => program.sets().length === 1, 2_100, "the fallback after 2 s");
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", latencyMs: 2_000 });
  await program.pass(30_000);
  expect(program.stream().kind).toBe("connected");
  expect(program.texts()).toEqual(["before the clock was set", "I want a refund"]);
  await program.close();
  const audit = await program.audit();
  expect(audit.map((line) => line.seq)).toEqual(audit.map((_, at) => at + 1));
  // One of the timestamps goes back, and they are all in the one file that the chain runs through.
  expect(audit.some((line, at) => line.timestamp < (audit[at - 1]?.timestamp ?? ""))).toBe(true);
});

test("missing credentials are told by the names of their variables, without one request", async () => {
  await using platform = await startPlatform();
  const program = await against(platform, { env: { COGNIGY_CLIENT_ID: "only-the-id" } });
  expect(program.stream().kind).toBe("rejected");
  expect(program.streamFault()?.detail).toContain("CALLSIDE_ASSIST_CLIENT_SECRET or COGNIGY_CLIENT_SECRET");
  await program.command("connection.retry", { name: "stream" });
  await until(() => program.states.length === 2, "told again");
  expect(panelStream(program)?.kind).toBe("rejected");
  expect(platform.sandbox.stats().tokenRequests).toBe(0);
});

test("a platform that echoes the secret in its refusal brings it neither to the panel nor to any file", async () => {
  const { platform, program } = await openScripted();
  const secret = TEST_ENV.COGNIGY_CLIENT_SECRET;
  platform.answerTokens({ status: 401, body: { error: "invalid_client", error_description: `wrong secret ${secret}`, client_secret: secret } });
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.refuse(401, {}, { message: `no such token: ${String(platform.asked[0].headers.authorization)} ${secret}` });
  await until(() => program.sets().length === 1);
  platform.stream.connections.at(-1)?.terminate();
  await until(() => program.stream().kind === "rejected" || program.stream().kind === "reconnecting");
  await program.passUntil(() => program.stream().kind === "rejected", 5_000);
  const seen = JSON.stringify([program.state(), program.states, program.events]);
  await program.close();
  const kept = `${await program.auditText()}${JSON.stringify(await program.metrics())}`;
  for (const text of [seen, kept]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain("scripted-token-1");
  }
  expect(kept).toContain("CONNECTION");
});
