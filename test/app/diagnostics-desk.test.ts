import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished, describe, expect, test } from "vitest";
import type { App } from "../../electron/app.ts";
import { createDiagnosticsDesk, type DiagnosticsDesk } from "../../electron/app/diagnostics-desk.ts";
import { err } from "../../shared/result.ts";
import { configFor, openProgram, startPlatform, TEST_ENV, type Program } from "../support/program.ts";
import { until } from "../support/until.ts";

const PERSON = { home: "/home/quentin.marsh", user: "quentin.marsh", host: "desk-4711.bank.example" };
const API_KEY = String.raw`k"ey\with/odd+chars=ünd3r`;
const VAULT_SECRET = "Vault-Secret/9+8=7?";
const NAME = "Zephyrine Quillfeather";
const CHAT_NAME = "Thaddeus Okonkwo";
const SAID = "My neighbour's marigold invoice is wrong, says the postman";
const NUMBERS = "4111 1111 1111 1111, DE89 3704 0044 0532 0130 00, petunia@garden.example, +49 30 901820";
const PERSONAL = ["4111 1111 1111 1111", "4111111111111111", "DE89 3704 0044 0532 0130 00", "petunia@garden.example", "+49 30 901820"];

/** Every way in which a word may stand in a text. */
function spellings(word: string): readonly string[] {
  const bytes = Buffer.from(word);
  return [
    word,
    word.toUpperCase(),
    word.toLowerCase(),
    JSON.stringify(word).slice(1, -1),
    JSON.stringify(JSON.stringify(word)).slice(3, -3),
    encodeURIComponent(word),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
    [...Array(word.length).keys()].map((at) => `\\u${word.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
    bytes.toString("hex"),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    Buffer.from(`user:${word}`).toString("base64"),
    Buffer.from(`id:${word};rest`).toString("base64"),
  ];
}

/** What of a spelling has to be found again: base64 without what its surroundings change. */
const core = (spelling: string): string => (spelling.length > 24 ? spelling.slice(12, -6) : spelling);

interface Exported {
  readonly file: string;
  readonly text: string;
  readonly json: Record<string, unknown> & { readonly log: { readonly cut: number; readonly lines: readonly { readonly event: string }[] } };
}

async function exported(desk: DiagnosticsDesk): Promise<Exported> {
  const made = await desk.export();
  if (!made.ok) throw new Error(made.error.detail);
  const text = await readFile(made.value, "utf8");
  return { file: made.value, text, json: JSON.parse(text) };
}

async function opened(config: Readonly<Record<string, unknown>> = {}, env: Readonly<Record<string, string>> = TEST_ENV): Promise<Program> {
  return openProgram({ config: { panel: { role: "supervisor" }, ...config }, env });
}

function deskOf(program: Program, change: Partial<Parameters<typeof createDiagnosticsDesk>[0]> = {}, app: Partial<App> = {}): DiagnosticsDesk {
  return createDiagnosticsDesk({
    app: { ...program.app, person: PERSON, ...app },
    clock: program.clock,
    mode: "live",
    state: () => program.state(),
    downloads: join(program.folder, "Downloads"),
    ...change,
  });
}

describe("what leaves the machine", () => {
  test("of a program at work with secrets and personal data everywhere, none is in the file in any spelling", { timeout: 60_000 }, async () => {
    const platform = await startPlatform();
    onTestFinished(() => platform[Symbol.asyncDispose]());
    const env = { ...platform.sandbox.env(), EXTERNAL_API_KEY: API_KEY };
    const program = await openProgram({
      env,
      config: configFor(
        platform,
        { prohibitedPhrases: ["chrysanthemum promise"], fallback: [{ text: "One moment, zinnia.", confidence: 0.9 }] },
        {
          bridge: platform.sandbox.config().bridge,
          integrations: { ...platform.sandbox.config().integrations, webhookUrl: "http://127.0.0.1:9/hooks/HookPathToken77" },
          telemetry: { metricsFile: "metrics.jsonl", otlpUrl: "http://127.0.0.1:9/v1/otlp-path-token-31" },
          history: {},
        },
      ),
    });
    await program.connected();
    await until(() => program.app.connection("bridge").state.kind === "connected" && platform.sandbox.stats().subscriptions >= 1, "the bridge is up");
    platform.say(`${SAID} refund`);
    platform.say(SAID);
    platform.say(NUMBERS);
    platform.sandbox.chat({ conversationId: "chat", text: `${SAID} ${NUMBERS}`, customerName: CHAT_NAME });
    await program.passUntil(() => program.texts().length === 3 && program.view("chat")?.interaction.customerName !== undefined, 20_000);
    program.desk.publisher.publish({ kind: "interaction", interaction: { id: "named", status: "live", startedAt: 0, customerName: NAME } });
    expect(await program.command("secrets.put", { name: "CRM_PASSWORD", value: VAULT_SECRET })).toMatchObject({ ok: true });
    await program.pass(200);

    const secrets = [...Object.values(platform.sandbox.env()).filter((value) => /secret|key/iu.test(value)), API_KEY, VAULT_SECRET];
    const planted = [...secrets, NAME, CHAT_NAME, SAID, ...PERSONAL].flatMap(spellings);
    for (const word of planted) {
      program.app.records.log("warn", `event ${word}`, { reason: word, detail: `refused: ${word}`, payload: word, [word]: 1 });
      program.app.notices.raise({ id: `notice ${word}`, level: "warning", say: () => ({ what: `It says ${word}.`, effect: word, remedy: word }) });
    }
    const fault = { kind: "refused", code: "credentials", detail: planted.join(" | ") } as const;
    program.desk.publisher.publish({
      kind: "health",
      view: { state: "done", since: 0, lines: planted.map((word) => ({ subject: "assist", check: "token", target: word, outcome: { kind: "bad", fault: { ...fault, detail: word }, tookMs: 1 } })) },
    });
    // As an older version, or a mistake of ours, may have left them on the disk.
    const data = program.app.dataFolder;
    await mkdir(join(data, "crashes"), { recursive: true });
    const report = { at: "2026-01-04T10:00:00.000Z", kind: "main", version: "0", node: "24", electron: null, system: "linux", reason: planted.join(" "), stack: planted, connections: { stream: planted[0] }, log: [], transcript: SAID };
    await writeFile(join(data, "crashes", "crash-2026-01-04T10-00-00-000Z.json"), JSON.stringify(report));
    await writeFile(join(data, "crashes", "memory.dmp"), planted.join("\n"));
    await program.app.records.flushLog();
    await writeFile(join(data, "logs", "callside.1.log"), planted.map((word) => JSON.stringify({ timestamp: "2026-01-04T10:00:00.000Z", level: "warn", event: word, detail: word, path: `${PERSON.home}/x`, reason: `${PERSON.home}/y ${PERSON.host} ${PERSON.user.toUpperCase()}` })).join("\n") + "\n");

    const { text, json } = await exported(
      deskOf(program, {}, { connection: (name) => ({ ...program.app.connection(name), state: { kind: "rejected", since: 0, fault } }) }),
    );
    const inTexts = (hay: string): readonly string[] => planted.filter((word) => hay.includes(core(word)) || hay.includes(core(JSON.stringify(word).slice(1, -1))));
    expect(inTexts(text)).toEqual([]);
    for (const word of ["quentin", "desk-4711", "HookPathToken77", "otlp-path-token", "chrysanthemum", "zinnia", "CRM_PASSWORD"]) expect(text.toLowerCase()).not.toContain(word.toLowerCase());

    // It is not for lack of looking: the same search finds each planted word where nothing was struck out.
    expect(new Set(inTexts(await readFile(join(data, "logs", "callside.1.log"), "utf8")))).toEqual(new Set(planted));
    // Nor for lack of content.
    expect(json.log.lines.length).toBeGreaterThan(planted.length);
    expect(json).toMatchObject({
      connections: [{ name: "stream", state: "rejected", fault: { code: "credentials" } }, { name: "tunnel" }, { name: "bridge" }],
      configuration: { assist: { keywords: 2, prohibitedPhrases: 1, fallback: 1 }, integrations: { webhookUrl: "http://127.0.0.1:9" }, telemetry: { otlpUrl: "http://127.0.0.1:9" }, tunnel: null },
      bridge: { received: 1 },
      integrations: { secrets: expect.any(Number), secretsKeptIn: "memory" },
      audit: { kind: "whole", entries: expect.any(Number) },
      history: { interactionsOnPanel: 3 },
      crashes: [{ kind: "main" }],
    });
  });
});

test("a name of three letters is struck out of the log, and other words with it stay", async () => {
  const program = await opened();
  program.desk.publisher.publish({ kind: "interaction", interaction: { id: "named", status: "live", startedAt: 0, customerName: "Ana Li" } });
  program.app.records.log("warn", "odd customer", { reason: "Ana waited, Ana Li hung up over a banana" });
  await program.app.records.flushLog();
  const { text } = await exported(deskOf(program));
  expect(text).toContain("[name] waited, [name] hung up over a banana");
  expect(text).not.toMatch(/\bAna\b/u);
});

describe("the file", () => {
  test("is one new file in the person's downloads, readable JSON for its owner alone, and none is overwritten", async () => {
    const program = await opened();
    await mkdir(join(program.folder, "Downloads"));
    const desk = deskOf(program);
    const first = await exported(desk);
    const second = await exported(desk);
    expect(first.file).toBe(join(program.folder, "Downloads", "callside-diagnostics-2026-01-05T09-00-00-000Z.json"));
    expect(second.file).toBe(join(program.folder, "Downloads", "callside-diagnostics-2026-01-05T09-00-00-000Z-2.json"));
    expect((await stat(first.file)).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
    expect(first.text.split("\n").length).toBeGreaterThan(50);
    expect(first.json).toMatchObject({ format: 1, writtenAt: "2026-01-05T09:00:00.000Z", program: { version: "0.1.0", mode: "live", shownIn: "browser" }, audit: { kind: "off" } });
  });

  test("goes into the data folder where there are no downloads, or where they refuse", async () => {
    const program = await opened();
    const folder = join(program.app.dataFolder, "diagnostics");
    expect((await exported(deskOf(program))).file).toBe(join(folder, "callside-diagnostics-2026-01-05T09-00-00-000Z.json"));
    await mkdir(join(program.folder, "Downloads"));
    const { writeOnce } = await import("../../electron/diagnostics/write-once.ts");
    const refusing = deskOf(program, {
      write: (where, ...rest) => (where === folder ? writeOnce(where, ...rest) : Promise.resolve(err({ kind: "transport", code: "disk", detail: "no rights" }))),
    });
    expect((await exported(refusing)).file).toBe(join(folder, "callside-diagnostics-2026-01-05T09-00-00-000Z-2.json"));
  });

  test("that cannot be written anywhere is told as a fault of the disk", async () => {
    const program = await opened();
    const refusing = deskOf(program, { write: () => Promise.resolve(err({ kind: "transport", code: "disk", detail: "no space is left" })) });
    expect(await refusing.export()).toMatchObject({ ok: false, error: { code: "disk" } });
  });

  test("asked for twice at once is written once", async () => {
    const program = await opened();
    await mkdir(join(program.folder, "Downloads"));
    const desk = deskOf(program);
    const [one, other] = await Promise.all([desk.export(), desk.export()]);
    expect(one).toEqual(other);
    expect(await readdir(join(program.folder, "Downloads"))).toHaveLength(1);
  });

  test("holds the log's last 2,000 lines across its files, those in memory too", async () => {
    const program = await opened();
    const folder = join(program.app.dataFolder, "logs");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "callside.1.log"), Array.from({ length: 3_000 }, (_, n) => JSON.stringify({ timestamp: "2026-01-04T10:00:00.000Z", level: "info", event: `old ${n}` })).join("\n") + "\n");
    program.app.records.log("info", "the newest");
    const { json } = await exported(deskOf(program));
    expect(json.log.lines).toHaveLength(2_000);
    expect(json.log.lines[0]?.event).toBe("old 1001");
    expect(json.log.lines.at(-1)?.event).toBe("the newest");
  });

  test("is what the panel's command gives", async () => {
    const program = await opened({ panel: { role: "agent" } });
    const reply = await program.command("diagnostics.export", {});
    if (!reply.ok) throw new Error(reply.error.detail);
    const { file } = reply.value as { file: string };
    onTestFinished(() => rm(file, { force: true }));
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ format: 1 });
  });
});
