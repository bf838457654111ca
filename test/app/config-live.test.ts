import { readFile, rm } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { configFor, openProgram, startPlatform, type PlatformUnderTest, type Program } from "../support/program.ts";
import { openScripted } from "../support/scripted-platform.ts";
import { until } from "../support/until.ts";

async function setUp(assist: Readonly<Record<string, unknown>> = {}, rest: Readonly<Record<string, unknown>> = {}): Promise<{ platform: PlatformUnderTest; program: Program }> {
  const platform = await startPlatform();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const program = await openProgram({ config: configFor(platform, assist, rest), env: { ...platform.sandbox.env() } });
  await program.connected();
  return { platform, program };
}

const keywords = (program: Program): readonly string[] => program.state().settings.triggers.keywords;

test("a keyword that is written into the file triggers without a restart and without a new connection", async () => {
  const { platform, program } = await setUp();
  platform.say("my parcel is on the moon");
  await until(() => program.texts().length === 1);
  expect(program.sets()).toEqual([]);
  await program.rewrite(configFor(platform, { keywords: ["parcel"] }));
  await program.passUntil(() => keywords(program).includes("parcel"), 5_000, "the panel shows the new keyword");
  platform.say("the parcel, I said");
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]?.trigger).toMatchObject({ kind: "keyword", matches: [{ keyword: "parcel" }] });
  platform.say("I want a refund");
  await until(() => program.texts().length === 3);
  expect(program.sets()).toHaveLength(1);
  expect(platform.sandbox.stats().socketsOpened).toBe(1);
});

test("a bad edit is told with its place, the last good settings stay in use, and mending it takes the notice away", async () => {
  const { platform, program } = await setUp();
  await program.rewrite(configFor(platform, { minConfidence: 7, keywrods: ["parcel"] }));
  await program.passUntil(() => program.notice("config") !== undefined, 5_000, "the notice");
  const notice = program.notice("config");
  expect(notice?.what).toContain("2 mistakes");
  expect(notice?.what).toMatch(/assist\.minConfidence.*7/u);
  expect(notice?.what).toMatch(/assist\.keywrods.*did you mean assist\.keywords/u);
  expect(notice?.effect).toBe("The last good settings stay in use.");
  expect(keywords(program)).toEqual(["refund", "cancel"]);
  platform.say("I want a refund for the order");
  await until(() => program.sets().length === 1);

  await program.rewrite(configFor(platform, { keywords: ["parcel"] }));
  await program.passUntil(() => program.notice("config") === undefined, 5_000, "the notice is gone");
  expect(keywords(program)).toEqual(["parcel"]);
});

test("a file that is no JSON, and one that is gone, are told and survived", async () => {
  const { platform, program } = await setUp();
  await program.rewrite('{ "assist": { "keywords": ["par');
  await program.passUntil(() => program.notice("config") !== undefined, 5_000);
  expect(program.notice("config")?.what).toContain("a mistake");
  platform.say("I want a refund for the order");
  await until(() => program.sets().length === 1);
  expect(program.stream().kind).toBe("connected");
  await rm(program.configFile);
  await program.passUntil(() => program.notice("config")?.what.includes("no such file") === true, 5_000);
  await program.rewrite(configFor(platform));
  await program.passUntil(() => program.notice("config") === undefined, 5_000);
});

test("policy that is tightened takes standing cards away at once, and gives them back when it is loosened", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.reply([
    { text: "Offer the refund form.", confidence: 0.95, source: "KB" },
    { text: "Explain the waiver.", confidence: 0.8, source: "KB" },
  ]);
  await until(() => program.sets().length === 1);
  const texts = () => program.sets()[0]?.suggestions.map((one) => one.text);
  const change = (patch: Parameters<typeof program.command<"settings.change">>[1]) => program.command("settings.change", patch);
  expect(await change({ policy: { minConfidence: 0.9 } })).toEqual({ ok: true, value: null });
  await until(() => texts()?.length === 1);
  expect(texts()).toEqual(["Offer the refund form."]);
  expect(program.sets()[0]?.withheld).toEqual([{ rule: "confidence", confidence: 0.8, minConfidence: 0.9 }]);
  await change({ policy: { minConfidence: 0.5, prohibitedPhrases: ["refund form"] } });
  await until(() => texts()?.[0] === "Explain the waiver.");
  await change({ policy: { prohibitedPhrases: [] } });
  await until(() => texts()?.length === 2);
  expect(platform.asked).toHaveLength(1);
  // It went into the file as well, and what stands there already stays.
  expect(JSON.parse(await readFile(program.configFile, "utf8"))).toMatchObject({ assist: { minConfidence: 0.5, prohibitedPhrases: [], keywords: ["refund", "cancel"] } });
});

test("in role agent neither triggers nor policy can be changed from the panel, display can", async () => {
  const { program } = await openScripted({ agentId: "ada" });
  const refused = await program.command("settings.change", { policy: { minConfidence: 0.1 } });
  expect(refused).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  expect(await program.command("settings.change", { display: { quiet: true } })).toEqual({ ok: true, value: null });
  await until(() => program.state().settings.display.quiet);
  expect(program.state().settings.policy.minConfidence).toBe(0.75);
});

test("quiet mode from the panel holds the next cards back until they are asked for", async () => {
  const { platform, program } = await setUp();
  await program.command("settings.change", { display: { quiet: true } });
  await until(() => program.state().settings.display.quiet);
  platform.say("I want a refund for the order that never came");
  await until(() => program.sets().length === 1);
  const visibility = () => Object.values(program.view()?.sets[0]?.cards ?? {}).map((card) => card.visibility);
  expect(new Set(visibility())).toEqual(new Set(["waiting"]));
  await program.command("suggestions.reveal", { interactionId: "talk" });
  expect(new Set(visibility())).toEqual(new Set(["shown"]));
});

test("another platform in the file: the old connection is closed politely and the new one opened", async () => {
  const { platform, program } = await setUp();
  await using other = await startPlatform();
  await program.rewrite(configFor(other));
  await program.passUntil(() => other.sandbox.stats().openSockets === 1, 5_000, "connected to the other");
  await until(() => program.stream().kind === "connected");
  await until(() => platform.sandbox.stats().openSockets === 0);
  expect(program.states.map((state) => state.kind)).toEqual(["connecting", "connected", "closed", "connecting", "connected"]);
  other.say("hello from the other side");
  await until(() => program.texts().length === 1);
});

test("a section assist that is taken out switches it off, and brings it back when it returns", async () => {
  const { platform, program } = await setUp({ widgetConfigPort: 0 });
  const { assist: _, ...off } = configFor(platform);
  await program.rewrite(off);
  await program.passUntil(() => program.stream().kind === "idle" && program.app.widgetPort() === null, 5_000, "assist is off");
  await until(() => platform.sandbox.stats().openSockets === 0);
  expect(program.app.connection("stream").lastHeardAt).toBeNull();
  await program.rewrite(configFor(platform));
  await program.passUntil(() => program.stream().kind === "connected", 5_000);
});

test("the widget configuration is that of the engine at that very moment", async () => {
  const { program } = await setUp({ widgetConfigPort: 0 });
  const served = async () => (await fetch(`http://127.0.0.1:${program.app.widgetPort() ?? 0}/api/widget/config`)).json();
  expect(await served()).toMatchObject({ minConfidence: 0.75, maxSuggestions: 3, enableSentimentTrigger: true, refreshIntervalMs: 2_000 });
  await program.command("settings.change", { policy: { minConfidence: 0.6, maxSuggestions: 2 }, triggers: { enableSentimentTrigger: false } });
  expect(await served()).toMatchObject({ minConfidence: 0.6, maxSuggestions: 2, enableSentimentTrigger: false });
});

test("a widget port that is taken is told, costs nothing else, and another port mends it", async () => {
  const { platform, program } = await setUp();
  const taken = Number(new URL(platform.sandbox.url).port);
  await program.rewrite(configFor(platform, { widgetConfigPort: taken }));
  await program.passUntil(() => program.notice("widget-config") !== undefined, 5_000);
  expect(program.notice("widget-config")).toMatchObject({ level: "warning", what: "The widget configuration is not served." });
  expect(program.stream().kind).toBe("connected");
  await program.rewrite(configFor(platform, { widgetConfigPort: 0 }));
  await program.passUntil(() => program.app.widgetPort() !== null, 5_000);
  expect(program.notice("widget-config")).toBeUndefined();
});

test("a change is audited by its keys, never by its values, and what was asked for before it is kept", async () => {
  const { platform, program } = await setUp();
  await program.rewrite(configFor(platform, { keywords: ["chrysanthemum"], fallback: [{ text: "One moment, marigold.", confidence: 0.9 }] }));
  await program.passUntil(() => keywords(program).includes("chrysanthemum"), 5_000);
  await program.close();
  const line = (await program.audit()).find((one) => one.event === "CONFIGURATION_CHANGED");
  expect(line?.data).toEqual({ keys: ["assist.keywords", "assist.fallback"] });
  expect(await program.auditText()).not.toMatch(/chrysanthemum|marigold/u);
});

test("a listener that throws disturbs neither the work nor the other listeners, and is told as a bug", async () => {
  const { platform, program } = await setUp();
  program.app.onAssist(() => {
    throw new Error("a listener of ours is broken");
  });
  program.app.onConnection(() => {
    throw new Error("so is this one");
  });
  const later: string[] = [];
  program.app.onAssist((event) => later.push(event.kind));
  platform.say("I want a refund for the order that never came");
  await until(() => program.sets().length === 1);
  expect(later).toContain("suggestions");
  expect(program.bugs.length).toBeGreaterThan(0);
  platform.fault("drop", "now");
  await until(() => program.stream().kind === "reconnecting");
  expect(program.state().connections.stream?.state.kind).toBe("reconnecting");
});
