import { describe, expect, test } from "vitest";
import { z } from "zod";
import { definitionJsonSchema } from "../../electron/integrations/definition-json-schema.ts";

const valid = {
  $schema: "./integration.schema.json",
  name: "Order lookup",
  bot_id: "bot_1",
  config: { url: "https://orders.example.com", request_mapping: { body: { a: [null, { b: 1 }], $input: "bot.payload", transform: "json_merge" } }, response_mapping: { extract: "data" } },
};

/** The schema as editors use it: read back from its JSON. */
const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(definitionJsonSchema()))));

describe("the JSON Schema of definitions", () => {
  test("takes a definition, with and without what has a default", () => {
    expect(schema.safeParse(valid).success).toBe(true);
    expect(schema.safeParse({ name: "abc", bot_id: "b", config: { url: "https://a.example" } }).success).toBe(true);
  });

  test.each([
    ["no address", { ...valid, config: {} }],
    ["an unknown key", { ...valid, bot: "x" }],
    ["an unknown key of config", { ...valid, config: { ...valid.config, timeout: 3 } }],
    ["another method", { ...valid, config: { ...valid.config, method: "HEAD" } }],
    ["a time that is too long", { ...valid, config: { ...valid.config, timeout_seconds: 121 } }],
    ["another request mapping", { ...valid, config: { ...valid.config, request_mapping: { query: {} } } }],
    ["a secret that is no name", { ...valid, config: { ...valid.config, secret: "a-b" } }],
    ["a header with a line break", { ...valid, config: { ...valid.config, headers: { "X-A": "1\n2" } } }],
  ])("refuses %s", (_what, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  test("describes every field", () => {
    const text = JSON.stringify(definitionJsonSchema());
    expect(text.match(/"description":"/g)?.length).toBeGreaterThanOrEqual(17);
    expect(text).toContain("https://json-schema.org/draft/2020-12/schema");
    expect(text).toContain('"default":"POST"');
  });
});
