import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { openLog, type Log, type LogOptions } from "../../electron/telemetry/log.ts";
import { isSecretName, redactText, redactValue } from "../../electron/redaction/redact.ts";
import { createFakeClock } from "../support/fake-clock.ts";

async function written(work: (log: Log) => void, change: Partial<LogOptions> = {}): Promise<readonly Record<string, unknown>[]> {
  const stream = new PassThrough();
  const log = openLog({ target: { kind: "stream", stream, name: "standard error" }, level: "info", clock: createFakeClock(), ...change });
  work(log);
  await log[Symbol.asyncDispose]();
  const text = String(stream.read() ?? "");
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYWxsc2lkZSJ9.c2lnbmF0dXJlLW9mLWl0";

describe("the log", () => {
  test("writes a JSON line per event, from its level on", async () => {
    const lines = await written((log) => {
      log.write("debug", "too fine");
      log.write("info", "started", { port: 8_000 });
      log.write("error", "failed", { reason: new Error("broken") });
    });
    expect(lines).toEqual([
      { timestamp: "2026-01-05T09:00:00.000Z", level: "info", event: "started", port: 8_000 },
      { timestamp: "2026-01-05T09:00:00.000Z", level: "error", event: "failed", reason: "Error: broken" },
    ]);
  });

  test("tells each kind once, counts the rest, and says how many at the end", async () => {
    const lines = await written((log) => {
      for (let index = 0; index < 1_000; index += 1) log.once("frame: not JSON", "malformed", { bytes: index });
      log.once("frame: no interactionId", "malformed", { bytes: 7 });
      expect(log.counts()).toEqual(new Map([["frame: not JSON", 1_000], ["frame: no interactionId", 1]]));
    });
    expect(lines).toMatchObject([
      { level: "warn", event: "malformed", kind: "frame: not JSON", bytes: 0 },
      { event: "malformed", kind: "frame: no interactionId" },
      { event: "repeated", kind: "frame: not JSON", count: 1_000 },
    ]);
  });

  test("kinds are bounded, so that a hostile stream cannot fill memory or disk", async () => {
    const lines = await written((log) => {
      for (let index = 0; index < 5_000; index += 1) log.once(`kind ${index}`, "malformed");
      expect(log.counts().size).toBe(201);
    });
    expect(lines).toHaveLength(202);
  });

  test("fields cannot pass for the line's own, and what is no JSON is told", async () => {
    const cycle: Record<string, unknown> = { level: "debug", timestamp: "never", event: "other", n: 1n };
    const lines = await written((log) => {
      log.write("info", "real", { level: "debug", timestamp: "never", event: "other" });
      log.write("info", "odd", cycle);
    });
    expect(lines).toMatchObject([{ level: "info", event: "real" }, { level: "info", event: "odd", unserialisable: true }]);
    expect(lines[0]?.["timestamp"]).toMatch(/^2026/u);
  });

  test("a value that contains itself does no harm", async () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(await written((log) => log.write("info", "odd", cycle))).toMatchObject([{ event: "odd" }]);
  });

  test("strikes secrets out of events, fields and errors, those it is told of too", async () => {
    const lines = await written(
      (log) => {
        log.write("warn", `refused: Bearer ${JWT}`, {
          headers: { Authorization: "Basic dXNlcjpwYXNzd29yZA==", "X-Api-Key": "k-123456" },
          body: "grant_type=client_credentials&client_id=me&client_secret=s3cr3t-value&scope=a",
          nested: [{ reason: new Error("key plainly-opaque-value was refused") }],
        });
        log.once(`token ${JWT}`, "malformed");
      },
      { secrets: () => ["plainly-opaque-value"] },
    );
    const text = JSON.stringify(lines);
    for (const secret of [JWT, "dXNlcjpwYXNzd29yZA", "k-123456", "s3cr3t-value", "plainly-opaque-value"]) expect(text).not.toContain(secret);
    expect(lines[0]).toMatchObject({ body: "grant_type=client_credentials&client_id=me&client_secret=[redacted]&scope=a" });
  });
});

describe("redaction", () => {
  test.each([
    [`Authorization: Bearer ${JWT}`, "Authorization: Bearer [redacted]"],
    ["authorization: bearer abcdef123456", "authorization: bearer [redacted]"],
    [`socket closed (token=${JWT})`, "socket closed (token=[redacted])"],
    [`found ${JWT} in frame`, "found [redacted] in frame"],
    ['{"access_token":"abc.def","expires_in":3600}', '{"access_token":"[redacted]","expires_in":3600}'],
    ["client_secret=abc&scope=x", "client_secret=[redacted]&scope=x"],
    ["clientSecret: 'abc'", "clientSecret: '[redacted]'"],
    ["https://user:pass@example.com/x", "https://[redacted]@example.com/x"],
    ["api_key=123, region=eu", "api_key=[redacted], region=eu"],
    ["https://example.com/?access_token=abc&x=1", "https://example.com/?access_token=[redacted]&x=[redacted]"],
  ])("%s", (text, struck) => {
    expect(redactText(text)).toBe(struck);
    expect(redactText(struck)).toBe(struck);
  });

  test.each([
    "the token has expired: check COGNIGY_CLIENT_SECRET",
    "token lacks bot:read",
    "https://example.com/oauth/token answered 401",
    "secret santa, keyword refund, basic plan",
    "1006: the socket was closed without a word",
    "http://127.0.0.1:8000/api",
  ])("leaves alone: %s", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("goes by field names: the value of clientSecret, not that of tokenUrl", () => {
    expect(["clientSecret", "client_secret", "accessToken", "Authorization", "X-Api-Key", "password", "Set-Cookie", "apiKey"].filter((name) => !isSecretName(name))).toEqual([]);
    expect(["tokenUrl", "secretName", "keywords", "monkey", "tokens_left", "interactionId"].filter(isSecretName)).toEqual([]);
    expect(redactValue({ clientSecret: "abc", tokenUrl: "https://x", list: [{ password: 12 }], token: null, n: 1 })).toEqual({
      clientSecret: "[redacted]",
      tokenUrl: "https://x",
      list: [{ password: "[redacted]" }],
      token: null,
      n: 1,
    });
  });

  test("a known secret too short to be one is not struck out of ordinary words", () => {
    expect(redactText("a cab", ["a"])).toBe("a cab");
  });

  test.each(["a=".repeat(500_000), "Bearer ".repeat(200_000), "x://".repeat(250_000), "token".repeat(200_000), `https://${"a".repeat(1_000_000)}`])("looks through a long text in time that grows with its length only", (text) => {
    // Quadratic work would take minutes here, and the suite's time limit would end it.
    expect(redactText(text).length).toBeGreaterThan(0);
  });
});
