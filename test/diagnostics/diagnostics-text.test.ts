import { describe, expect, test } from "vitest";
import { summariseConfig } from "../../electron/diagnostics/config-summary.ts";
import type { Diagnostics } from "../../electron/diagnostics/diagnostics.ts";
import { diagnosticsText } from "../../electron/diagnostics/diagnostics-text.ts";

const sample: Diagnostics = {
  program: { version: "0.1.0", node: "24", electron: null, system: "linux", locale: "en", timeZone: "UTC", shownIn: "window", mode: "live", uptimeSeconds: 1, memoryMb: { used: 1, heap: 1, machineFree: 1, machine: 1 } },
  configuration: {},
  connections: [],
  tunnel: null,
  bridge: null,
  integrations: null,
  simulations: null,
  health: { state: "never", since: null, lines: [] },
  notices: [],
  audit: { kind: "off" },
  history: { bytes: null, rows: {}, interactionsOnPanel: 0, utterancesOnPanel: 0, suggestionsOnPanel: 0 },
  metrics: [],
  crashes: [],
  log: { cut: 0, lines: [] },
};
const as = (text: string): string => text;

describe("the text of the file", () => {
  test("stays within its limit by leaving out the oldest lines, and says how many", () => {
    const lines = Array.from({ length: 2_000 }, (_, number) => ({ timestamp: "2026-01-05T09:00:00.000Z", level: "info", event: `${number} ${"é".repeat(2_000)}` }));
    const text = diagnosticsText({ ...sample, log: { cut: 0, lines } }, { writtenAt: 0, redact: as });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5 * 1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(4 * 1024 * 1024);
    const { log } = JSON.parse(text) as Diagnostics;
    expect(log.cut + log.lines.length).toBe(2_000);
    expect(log.lines.at(-1)?.event).toMatch(/^1999 /u);
  });

  test("has no place for what the schema does not name, at any depth", () => {
    const more = { ...sample, transcript: "spoken", log: { ...sample.log, spoken: "spoken" }, notices: [{ id: "a", level: "warning", what: "b", effect: "c", remedy: "d", since: "2026-01-05T09:00:00.000Z", quote: "spoken" }] };
    expect(diagnosticsText(more, { writtenAt: 0, redact: as })).not.toContain("spoken");
  });

  test("has every text redacted, and times left as they are", () => {
    const text = diagnosticsText({ ...sample, metrics: ["a 1"], health: { ...sample.health, since: "2026-01-05T09:00:00.000Z" } }, { writtenAt: 0, redact: () => "*" });
    expect(JSON.parse(text)).toMatchObject({ metrics: ["*"], health: { state: "*", since: "2026-01-05T09:00:00.000Z" }, audit: { kind: "*" } });
  });
});

test("of the configuration only what is listed is told: addresses by scheme and host, words by their number", () => {
  expect(
    summariseConfig({
      tunnel: { tenant: "acme", webhooks: ["https://hooks.example/T0/B0/key", { url: "https://b.example:8443/x?sig=1", secret: "SIGNING" }], tokenUrl: "no address", added: "later" },
      assist: { keywords: ["refund", "cancel"], agentId: "ag-1", apiUrl: "https://api.example/v1" },
      invented: { a: 1 },
    }),
  ).toMatchObject({
    tunnel: { tenant: "acme", webhooks: ["https://hooks.example", "https://b.example:8443"], tokenUrl: "[no address]" },
    assist: { keywords: 2, agentId: "is set", apiUrl: "https://api.example" },
    bridge: null,
  });
  expect(JSON.stringify(summariseConfig({ tunnel: { added: "later", webhooks: [] }, invented: {} }))).not.toMatch(/later|invented|added/u);
});
