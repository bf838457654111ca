import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished, describe, expect, test } from "vitest";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgedConversation } from "../../shared/bridge-view.ts";
import { IDLE_MS } from "../../electron/app/bridge-interactions.ts";
import { machineWith } from "../support/machine-with.ts";
import { configFor, openProgram, startPlatform, temporary, type PlatformUnderTest, type Program } from "../support/program.ts";
import { until } from "../support/until.ts";

async function platformHere(): Promise<PlatformUnderTest> {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  return platform;
}

interface Setting {
  readonly bridge?: object;
  readonly assist?: boolean;
  readonly rest?: Readonly<Record<string, unknown>>;
  readonly folder?: string;
  /** What IT has set. */
  readonly policy?: object;
}

async function programOn(platform: PlatformUnderTest, { bridge = {}, assist = true, rest = {}, folder, policy }: Setting = {}): Promise<Program & { readonly told: readonly BridgeEvent[] }> {
  const config = configFor(platform, {}, { bridge: { ...platform.sandbox.config().bridge, ...bridge }, history: {}, ...rest });
  const { assist: _assist, ...unassisted } = config;
  const program = await openProgram({ config: assist ? config : unassisted, env: { ...platform.sandbox.env() }, ...(folder === undefined ? {} : { folder }), ...(policy === undefined ? {} : { machine: machineWith(policy) }) });
  const told: BridgeEvent[] = [];
  program.app.onBridge((event) => told.push(event));
  return { ...program, told };
}

/** A program whose bridge is up. */
async function connected(setting: Setting = {}) {
  const platform = await platformHere();
  const program = await programOn(platform, setting);
  await up(platform, program);
  if (setting.assist !== false) await program.connected();
  return { platform, program };
}

/** The bridge of `program` is connected, and the platform knows since when it is to tell it of messages. */
async function up(platform: PlatformUnderTest, program: Program, subscriptions = 1): Promise<void> {
  const is = (): boolean => program.app.connection("bridge").state.kind === "connected" && platform.sandbox.stats().subscriptions >= subscriptions;
  await until(is, "the bridge is connected");
}

/** The bot answers it with a promise. */
const ANGERED = "This is the third time! You turned down my application for instalments AGAIN and nobody tells me why";

/** What the customer of the one chat of most tests writes. */
const write = (platform: PlatformUnderTest, text: string): string => platform.sandbox.chat({ conversationId: "chat", text }).messageId;

const linesOf = (program: Program): readonly string[] => (program.view("chat")?.utterances ?? []).map(({ speaker, text }) => `${speaker}: ${text}`);

const bridged = (program: Program): BridgedConversation | null => program.view("chat")?.bridged ?? null;

const inChat = (platform: PlatformUnderTest): readonly string[] => platform.sandbox.conversations().flatMap(({ messages }) => messages.map(({ author, text }) => `${author}: ${text}`));

/** The bot's clock goes with the program's, in steps in which what is on its way arrives. */
async function pass(platform: PlatformUnderTest, program: Program, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 10) {
    await program.pass(Math.min(left, 10));
    await platform.clock.advance(Math.min(left, 10));
  }
}

/** Time goes on in steps about as long as they take: the disk is real, and nothing that waits for it may run into a time limit. */
async function shown(platform: PlatformUnderTest, program: Program, holds: () => boolean, what = holds.toString()): Promise<void> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > 10_000) throw new Error(`did not come true: ${what}`);
    await pass(platform, program, 2);
  }
}

/** The platform's clock goes on while the program finishes what is in hand. */
async function closing(platform: PlatformUnderTest, program: Program): Promise<void> {
  const closed = { is: false };
  const closing = program.close().then(() => (closed.is = true));
  while (!closed.is) {
    await platform.clock.advance(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closing;
}

describe("a bridged chat in the panel", () => {
  test("is an interaction with the customer's line and the bot's answer, delivered, and the supervisor sees it counted", async () => {
    const { platform, program } = await connected();
    const id = write(platform, "Hello, where is my order?");
    await shown(platform, program, () => bridged(program)?.deliveries[0]?.state.kind === "delivered");
    expect(program.view("chat")?.interaction).toMatchObject({ status: "live", channel: "chat", customerName: expect.any(String) });
    const [customer, bot] = program.view("chat")?.utterances ?? [];
    expect(customer).toMatchObject({ id, speaker: "customer", text: "Hello, where is my order?" });
    expect(bot).toMatchObject({ id: `reply-${id}`, speaker: "bot" });
    expect(linesOf(program)).toHaveLength(2);
    expect(bridged(program)).toMatchObject({ answerer: "bot", attention: null, askingSince: null });
    await shown(platform, program, () => program.state().bridge?.answered === 1);
    expect(program.state().bridge).toMatchObject({ scope: "agent", received: 1, answered: 1, resumePoint: expect.any(Number) });
    // The platform tells the reply again as an event; it is no second line.
    write(platform, "ORD-20884");
    await shown(platform, program, () => program.state().bridge?.answered === 2);
    expect(linesOf(program)).toHaveLength(4);
    expect(program.bugs).toEqual([]);
  });

  test("has triggers and suggestions like a call, and a card that is sent arrives, is recorded and takes the chat over", async () => {
    const { platform, program } = await connected();
    write(platform, "I want a refund");
    await shown(platform, program, () => program.sets("chat").length === 1, "a suggestion");
    const suggestion = program.sets("chat")[0]?.suggestions[0];
    const text = suggestion?.text ?? "";
    const reply = await program.command("bridge.send", { interactionId: "chat", text, suggestionId: suggestion?.id ?? "" });
    expect(reply).toMatchObject({ ok: true, value: { deliveryId: expect.any(String) } });
    await shown(platform, program, () => bridged(program)?.answerer === "agent");
    expect(inChat(platform)).not.toContain(`reply: ${text}`);
    await shown(platform, program, () => inChat(platform).includes(`reply: ${text}`), "the text is in the chat");
    await shown(platform, program, () => linesOf(program).includes(`agent: ${text}`));
    expect(linesOf(program).filter((line) => line.endsWith(text))).toHaveLength(1);
    await program.close();
    expect(await program.audit()).toContainEqual(expect.objectContaining({ event: "SUGGESTION_DISPOSITION", data: expect.objectContaining({ disposition: "sent" }) }));
  });

  test("is there without agent assist too, in the history as well", async () => {
    const { platform, program } = await connected({ assist: false });
    write(platform, "Hello, I want a refund");
    await shown(platform, program, () => bridged(program)?.deliveries[0]?.state.kind === "delivered");
    expect(linesOf(program)).toEqual(["customer: Hello, I want a refund", expect.stringMatching(/^bot: /u)]);
    await program.close();
    using database = new DatabaseSync(join(program.folder, "data", "history.sqlite"), { readOnly: true });
    expect(database.prepare("SELECT speaker FROM utterances ORDER BY row").all()).toMatchObject([{ speaker: "customer" }, { speaker: "bot" }]);
  });

  test("takes over: the bot falls silent until it is handed back; what is taken back in time is never sent", async () => {
    const { platform, program } = await connected();
    write(platform, "Hello");
    await shown(platform, program, () => linesOf(program).length === 2);
    expect(await program.command("bridge.answerer", { interactionId: "chat", answerer: "agent" })).toEqual({ ok: true, value: null });
    write(platform, "Are you a person?");
    await shown(platform, program, () => program.told.some(({ kind }) => kind === "left-to-agent"));
    const sent = await program.command("bridge.send", { interactionId: "chat", text: "Not so fast" });
    const deliveryId = sent.ok && sent.value !== null && typeof sent.value === "object" && "deliveryId" in sent.value ? String(sent.value.deliveryId) : "";
    await pass(platform, program, 2_900);
    expect(linesOf(program).some((line) => line.includes("Not so fast"))).toBe(false);
    expect(await program.command("bridge.undo", { deliveryId })).toEqual({ ok: true, value: null });
    await pass(platform, program, 10_000);
    expect(inChat(platform).filter((line) => line.startsWith("reply"))).toHaveLength(1);
    await program.command("bridge.answerer", { interactionId: "chat", answerer: "bot" });
    write(platform, "Hello again");
    await shown(platform, program, () => inChat(platform).filter((line) => line.startsWith("reply")).length === 3, "the bot answers that, and again");
  });

  test("an answer that policy stops does not reach the customer: the chat is the agent's and says why", async () => {
    const { platform, program } = await connected({ bridge: { prohibitedPhrases: ["guaranteed approval"] } });
    write(platform, ANGERED);
    await shown(platform, program, () => bridged(program)?.attention?.kind === "withheld");
    expect(bridged(program)).toMatchObject({ answerer: "agent", attention: { phrase: "guaranteed approval" } });
    expect(inChat(platform)).toHaveLength(1);
    await program.close();
    expect(await program.audit()).toContainEqual(expect.objectContaining({ event: "BRIDGE_WITHHELD" }));
  });

  test.each([true, false])("an answer with a phrase of IT does not reach the customer, with agent assist in the person's file: %s", async (assist) => {
    const { platform, program } = await connected({ assist, bridge: { prohibitedPhrases: [] }, policy: { assist: { prohibitedPhrases: ["guaranteed approval"] } } });
    write(platform, ANGERED);
    await shown(platform, program, () => bridged(program)?.attention?.kind === "withheld");
    expect(bridged(program)).toMatchObject({ answerer: "agent", attention: { kind: "withheld", phrase: "guaranteed approval" } });
    expect(inChat(platform)).toEqual([`customer: ${ANGERED}`]);
  });

  test("ends when nothing was written for half an hour, and is live again with the next message", async () => {
    // No ping in between, which the platform could not answer while that much time passes at once.
    const { platform, program } = await connected({ assist: false, bridge: { heartbeatSeconds: 3_600 } });
    write(platform, "Hello");
    await shown(platform, program, () => linesOf(program).length === 2);
    await program.clock.advance(IDLE_MS);
    expect(program.view("chat")?.interaction.status).toBe("ended");
    await up(platform, program);
    write(platform, "Are you there?");
    await shown(platform, program, () => program.view("chat")?.interaction.status === "live");
  });
});

describe("the bridge beside a panel", () => {
  test("is off without a scope, and the panel does not mention it", async () => {
    const platform = await platformHere();
    const { scope: _scope, agentId: _agent, ...bridge } = platform.sandbox.config().bridge;
    const program = await openProgram({ config: configFor(platform, {}, { bridge }), env: { ...platform.sandbox.env() } });
    await program.pass(2_000);
    expect(platform.sandbox.stats().genesysTokenRequests).toBe(0);
    expect(program.state().connections.bridge).toBeUndefined();
    expect(await program.command("bridge.send", { interactionId: "chat", text: "Hello" })).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  });

  test("scope agent leaves the chats of others alone: nothing of them is answered, shown or kept", async () => {
    const { platform, program } = await connected();
    platform.sandbox.chat({ conversationId: "other", text: "Not yours", agentId: "somebody-else" });
    write(platform, "Mine");
    await shown(platform, program, () => linesOf(program).length === 2);
    expect(program.view("other")).toBeUndefined();
    expect(inChat(platform).filter((line) => line.startsWith("reply"))).toHaveLength(1);
  });

  test("switched off in the configuration it closes and leaves the panel; on again, it goes on where it was", async () => {
    const { platform, program } = await connected();
    write(platform, "one");
    await shown(platform, program, () => linesOf(program).length === 2);
    await program.rewrite(configFor(platform));
    await shown(platform, program, () => program.state().connections.bridge?.state.kind === "idle");
    expect(program.state().bridge).toBeNull();
    write(platform, "two");
    await program.rewrite(configFor(platform, {}, { bridge: platform.sandbox.config().bridge }));
    await shown(platform, program, () => linesOf(program).length === 4, "the message of meanwhile is answered");
  });

  test("another one on the same state directory: rejected with a notice, until the first has gone and it is tried again", async () => {
    const { platform, program } = await connected();
    const second = await programOn(platform, { bridge: { stateDirectory: join(program.folder, "data", "bridge") } });
    await until(() => second.app.connection("bridge").state.kind === "rejected");
    expect(second.app.connection("bridge").state).toMatchObject({ fault: { code: "in-use" } });
    expect(second.notice("bridge-in-use")).toMatchObject({ level: "error" });
    await program.close();
    await second.command("connection.retry", { name: "bridge" });
    await up(platform, second, 2);
    expect(second.notice("bridge-in-use")).toBeUndefined();
  });

  test("a program that ends in the middle is followed by one that goes on: nothing lost, nothing doubled", async () => {
    const platform = await platformHere();
    const folder = await temporary();
    const first = await programOn(platform, { folder });
    await up(platform, first);
    const ids = Array.from({ length: 10 }, (_, index) => write(platform, `line ${index}`));
    await shown(platform, first, () => first.told.some(({ kind }) => kind === "answered"));
    await closing(platform, first);
    const second = await programOn(platform, { folder });
    await up(platform, second, 2);
    await shown(platform, second, () => inChat(platform).filter((line) => line.startsWith("reply")).length === ids.length, "all are answered");
    await pass(platform, second, 15_000);
    expect(inChat(platform).filter((line) => line.startsWith("reply"))).toHaveLength(ids.length);
  });

  test("after a restart an agent's chats say again what they wait for; handed back, the bot answers what it may", async () => {
    const platform = await platformHere();
    const folder = await temporary();
    const bridge = { prohibitedPhrases: ["guaranteed approval"] };
    const stops = ANGERED;
    const first = await programOn(platform, { folder, bridge });
    await up(platform, first);
    platform.sandbox.chat({ conversationId: "other", text: "Hello" });
    write(platform, stops);
    await shown(platform, first, () => bridged(first)?.attention?.kind === "withheld" && (first.view("other")?.utterances.length ?? 0) === 2);
    await first.command("bridge.answerer", { interactionId: "other", answerer: "agent" });
    platform.sandbox.chat({ conversationId: "other", text: "Are you a person?" });
    await shown(platform, first, () => first.told.some(({ kind }) => kind === "left-to-agent"));
    await closing(platform, first);
    const recorded = (await first.audit()).filter(({ event }) => event === "BRIDGE_WITHHELD").length;

    const second = await programOn(platform, { folder, bridge });
    await up(platform, second, 2);
    await shown(platform, second, () => linesOf(second).length === 1 && second.view("other")?.bridged?.answerer === "agent");
    expect(linesOf(second)).toEqual([`customer: ${stops}`]);
    expect(bridged(second)).toMatchObject({ answerer: "agent", attention: { kind: "withheld", phrase: "guaranteed approval" } });
    expect(second.view("other")?.utterances.map(({ text }) => text)).toEqual(["Are you a person?"]);
    expect(second.state().bridge).toMatchObject({ received: 0, withheld: 0, queue: { waiting: 0, working: 0 }, deadLetters: { count: 0 } });
    const replies = (): number => inChat(platform).filter((line) => line.startsWith("reply")).length;
    const before = replies();
    await second.command("bridge.answerer", { interactionId: "other", answerer: "bot" });
    await second.command("bridge.answerer", { interactionId: "chat", answerer: "bot" });
    await shown(platform, second, () => replies() === before + 1, "the bot answers what was left");
    await pass(platform, second, 2_000);
    expect(bridged(second)).toMatchObject({ answerer: "bot", attention: { kind: "withheld" } });
    expect(replies()).toBe(before + 1);
    await closing(platform, second);
    expect((await second.audit()).filter(({ event }) => event === "BRIDGE_WITHHELD")).toHaveLength(recorded);
    using database = new DatabaseSync(join(folder, "data", "history.sqlite"), { readOnly: true });
    expect(database.prepare("SELECT text FROM utterances WHERE interaction = (SELECT row FROM interactions WHERE id = 'chat')").all()).toEqual([{ text: stops }]);
  });

  test("a retry and the computer's waking bring a new connection at once", async () => {
    const { platform, program } = await connected();
    const subscriptions = (): number => platform.sandbox.stats().subscriptions;
    const before = subscriptions();
    await program.command("connection.retry", { name: "bridge" });
    await shown(platform, program, () => subscriptions() === before + 1);
    await up(platform, program, before + 1);
    program.app.wake();
    await shown(platform, program, () => subscriptions() === before + 2);
  });

  test("a message that could not be answered is told once as a notice, and replayed from the panel", async () => {
    const { platform, program } = await connected();
    platform.fault("dialog-answer", "empty");
    write(platform, "one");
    write(platform, "two");
    await shown(platform, program, () => program.state().bridge?.deadLetters.count === 2);
    expect(program.notice("bridge-dead-letters")).toBeDefined();
    expect(bridged(program)?.attention?.kind).toBe("dead-letter");
    platform.fault("dialog-answer", null);
    expect(await program.command("bridge.replay", { ids: null })).toEqual({ ok: true, value: { count: 2 } });
    await shown(platform, program, () => program.state().bridge?.deadLetters.count === 0);
    await shown(platform, program, () => program.notice("bridge-dead-letters") === undefined);
    await shown(platform, program, () => inChat(platform).filter((line) => line.startsWith("reply")).length === 2, "both are answered");
  });

  test("nothing that anybody wrote, and no secret, is in audit, metrics, log or the inbox when the work is done", async () => {
    const { platform, program } = await connected();
    write(platform, "Zanzibar wants a refund");
    await shown(platform, program, () => linesOf(program).length === 2);
    const answer = linesOf(program)[1]?.slice("bot: ".length) ?? "";
    await shown(platform, program, () => bridged(program)?.deliveries[0]?.state.kind === "delivered");
    await program.close();
    const data = join(program.folder, "data");
    const kept = await Promise.all([
      program.auditText(),
      readFile(program.metricsFile, "utf8"),
      readFile(join(data, "logs", "callside.log"), "utf8").catch(() => ""),
      ...(await readdir(join(data, "bridge"))).map((name) => readFile(join(data, "bridge", name), "latin1")),
    ]);
    for (const text of kept) {
      expect(text).not.toContain("Zanzibar");
      expect(text).not.toContain(answer);
      for (const secret of Object.values(platform.sandbox.env())) expect(text).not.toContain(secret);
    }
    expect(kept[0]).toContain("CONNECTION");
  });
});
