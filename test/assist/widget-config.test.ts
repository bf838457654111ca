import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { serveWidgetConfig, type WidgetConfig, type WidgetConfigServer } from "../../electron/assist/widget-config.ts";

const values: WidgetConfig = {
  maxSuggestions: 3,
  minConfidence: 0.75,
  enableSentimentTrigger: true,
  enableKeywordTrigger: true,
  refreshIntervalMs: 2_000,
  prohibitedPhrases: ["legal action"],
};

async function open(current: () => WidgetConfig): Promise<WidgetConfigServer> {
  const opened = await serveWidgetConfig(0, current);
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

function get(port: number, path: string, options: { host?: string; method?: string } = {}): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: "127.0.0.1", port, path, method: options.method ?? "GET", headers: options.host === undefined ? {} : { host: options.host } },
      (response) => {
        let text = "";
        response.on("data", (part: Buffer) => {
          text += part.toString();
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text === "" ? null : JSON.parse(text) }));
      },
    );
    call.on("error", reject);
    call.end();
  });
}

describe("the widget configuration endpoint", () => {
  it("serves the values that drive the engine at the moment of the request", async () => {
    let current = values;
    await using server = await open(() => current);
    expect(await get(server.port, "/api/widget/config")).toEqual({ status: 200, body: values });
    current = { ...values, minConfidence: 0.9 };
    expect(await get(server.port, "/api/widget/config")).toEqual({ status: 200, body: current });
  });

  it("answers to loopback names only, for its one path, to reading only", async () => {
    await using server = await open(() => values);
    expect((await get(server.port, "/api/widget/config", { host: "attacker.example" })).status).toBe(403);
    expect((await get(server.port, "/")).status).toBe(404);
    expect((await get(server.port, "/api/widget/config", { method: "PUT" })).status).toBe(405);
    expect((await get(server.port, "/api/widget/config?x=1", { host: `localhost:${server.port}` })).status).toBe(200);
  });

  it("says which port is taken and what to do", async () => {
    await using server = await open(() => values);
    const second = await serveWidgetConfig(server.port, () => values);
    expect(second.ok).toBe(false);
    if (!second.ok) expect(second.error.detail).toMatch(/assist\.widgetConfigPort.*\d+.*choose a free port/u);
  });
});
