import { assert as assertProperty, constantFrom, dictionary, jsonValue, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../shared/integration-view.ts";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { importOpenApi } from "../../electron/integrations/import-openapi.ts";
import { importText } from "../../electron/integrations/import-text.ts";

type Json = Record<string, unknown>;

const shop = `openapi: 3.0.3
info: { title: Shop, version: "1" }
servers:
  - url: http://old.shop.example
  - url: https://{region}.shop.example/v1/
    variables: { region: { default: eu } }
security:
  - oauth: [read]
  - token: []
paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string }, example: "A 1/2" }
    get:
      operationId: getOrder
      summary: Look up an order
      description: Gives one order with its items.
      parameters:
        - { name: expand, in: query, required: true, schema: { type: array, default: [items, customer] } }
        - { name: page, in: query, schema: { type: integer, default: 1 } }
        - $ref: "#/components/parameters/Channel"
      responses:
        "200":
          content:
            application/json:
              schema: { type: object, properties: { data: { $ref: "#/components/schemas/Result" }, meta: { type: object } } }
    delete:
      responses: {}
  /orders/search:
    post:
      operationId: search
      summary: Search
      security: [{ key: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Search" }
      responses:
        "201": { description: made }
components:
  parameters:
    Channel: { name: X-Channel, in: header, required: true, schema: { type: string, default: bot } }
  securitySchemes:
    oauth: { type: oauth2, flows: {} }
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Shop-Key }
  schemas:
    Result: { type: object, properties: { result: { type: array, items: { $ref: "#/components/schemas/Order" } } } }
    Order: { type: object, required: [parent], properties: { parent: { $ref: "#/components/schemas/Order" } } }
    Search:
      type: object
      required: [query, limit, order, tags, strict]
      properties:
        id: { type: string, readOnly: true }
        query: { type: string }
        limit: { type: integer, minimum: 1 }
        status: { type: string, example: open }
        note: { type: string }
        order: { $ref: "#/components/schemas/Order" }
        tags: { type: array, minItems: 1, items: { type: string, enum: [a, b] } }
        strict: { allOf: [{ type: boolean }] }
`;

function draftOf(text: string, operation: string): { readonly draft: Draft; readonly config: Json; readonly notes: readonly string[] } {
  const result = importOpenApi(text, operation);
  if (result.kind !== "draft") throw new Error(JSON.stringify(result));
  expect(checkDefinition({ ...result.draft, bot_id: "b" }).problems).toEqual([]);
  return { ...result, config: result.draft.config as Json };
}

/** `line path: message` of what is refused. */
function refusal(text: string, operation: string | null): readonly string[] {
  const result = importOpenApi(text, operation);
  if (result.kind !== "refused") throw new Error(JSON.stringify(result));
  expect(result.problems.length).toBeGreaterThan(0);
  return result.problems.map(({ line, path, message }) => `${line ?? "-"} ${path}: ${message}`);
}

/** A small document with one operation `op`, as JSON. */
function api(operation: Json, more: Json = {}, path = "/x", method = "post"): string {
  return JSON.stringify({ openapi: "3.1.0", servers: [{ url: "https://a.example" }], paths: { [path]: { [method]: { operationId: "op", ...operation } } }, ...more });
}

const json = (schema: unknown): Json => ({ content: { "application/json": { schema } } });

describe("an OpenAPI document", () => {
  test("lists its operations where none is named", () => {
    expect(importOpenApi(shop, null)).toEqual({
      kind: "operations",
      operations: [
        { id: "getOrder", method: "GET", path: "/orders/{orderId}", summary: "Look up an order" },
        { id: "DELETE /orders/{orderId}", method: "DELETE", path: "/orders/{orderId}", summary: "" },
        { id: "search", method: "POST", path: "/orders/search", summary: "Search" },
      ],
    });
  });

  test("becomes a draft by the id of an operation: server, path, parameters, authentication, a suggestion for extract", () => {
    expect(importOpenApi(shop, "getOrder")).toEqual({
      kind: "draft",
      draft: {
        name: "Look up an order",
        description: "Gives one order with its items.",
        bot_id: "",
        config: {
          url: "https://eu.shop.example/v1/orders/A%201%2F2?expand=items&expand=customer",
          method: "GET",
          auth_type: "bearer",
          secret: "EU_SHOP_EXAMPLE_TOKEN",
          headers: { "X-Channel": "bot" },
          response_mapping: { extract: "data.result" },
        },
      },
      notes: [
        'The server variable region is "eu".',
        'Of 2 servers "https://eu.shop.example/v1/" was taken.',
        'The parameter orderId (in path) is always "A 1/2".',
        'The parameter expand (in query) is always ["items","customer"].',
        'The parameter X-Channel (in header) is always "bot".',
        "Left out: the optional parameters page.",
        "extract: data.result is a suggestion by the schema of the reply.",
        "Store the token (without Bearer) as the secret EU_SHOP_EXAMPLE_TOKEN. A value is never taken over.",
        "Set bot_id: the bot that the integration belongs to.",
      ],
    });
  });

  test("gives a body by its schema, cycles bounded, with an api key in a header", () => {
    const { config } = draftOf(shop, "search");
    const { body } = config.request_mapping as { body: Json };
    expect(body).toMatchObject({ query: "", limit: 1, status: "open", tags: ["a"], strict: false, $input: "bot.payload", transform: "json_merge" });
    expect(Object.keys(body)).not.toContain("id");
    expect(Object.keys(body)).not.toContain("note");
    expect(JSON.stringify(body.order)).toMatch(/^(\{"parent":)+\{\}\}+$/);
    expect([config.auth_type, config.auth_header_name, config.secret]).toEqual(["api_key", "X-Shop-Key", "EU_SHOP_EXAMPLE_KEY"]);
  });

  test("means the same as JSON, and with its version as a number", () => {
    const text = JSON.stringify({ openapi: "3.1.1", servers: [{ url: "https://a.example" }], paths: { "/x": { get: { summary: "An x" } } } });
    expect(draftOf(text, "GET /x").config).toEqual({ url: "https://a.example/x", method: "GET", auth_type: "none" });
    expect(draftOf("openapi: 3.1\nservers: [{ url: https://a.example }]\npaths: { /x: { get: { summary: An x } } }\n", "GET /x").draft.name).toBe("An x");
  });

  test("names an operation by method and path where its id is not its own", () => {
    const doc = JSON.stringify({ openapi: "3.0.0", paths: { "/a": { get: { operationId: "same" } }, "/b": { put: { operationId: "same" }, get: { operationId: "other" } } } });
    const result = importOpenApi(doc, null);
    expect(result.kind === "operations" && result.operations.map(({ id }) => id)).toEqual(["GET /a", "other", "PUT /b"]);
  });

  test.each<[string, Json, Json]>([
    ["its example", { requestBody: { content: { "application/json": { example: { a: 1 }, schema: { type: "object" } } } } }, { a: 1 }],
    ["the first of its examples", { requestBody: { content: { "application/json; charset=utf-8": { examples: { one: { $ref: "#/components/examples/E" } } } } } }, { e: true }],
    ["the example of its schema", { requestBody: json({ type: "object", example: { s: "x" } }) }, { s: "x" }],
    ["what is composed", { requestBody: json({ allOf: [{ type: "object", required: ["a"], properties: { a: { const: 3 } } }, { type: "object", required: ["b"], properties: { b: { type: ["null", "string"] } } }] }) }, { a: 3, b: "" }],
    ["the first of several", { requestBody: json({ oneOf: [{ properties: { a: { default: 1 } } }, { type: "object" }] }) }, { a: 1 }],
  ])("takes the body from %s", (_what, operation, body) => {
    const { config } = draftOf(api(operation, { components: { examples: { E: { value: { e: true } } } } }), "op");
    expect(config.request_mapping).toEqual({ body: { ...body, $input: "bot.payload", transform: "json_merge" } });
  });

  test.each<[Json, string | undefined]>([
    [{ type: "object", properties: { data: { type: "array", items: {} }, total: { type: "integer" } } }, "data"],
    [{ type: "object", properties: { order: { type: "object", properties: { a: {}, b: {} } } } }, "order"],
    [{ allOf: [{ properties: { meta: {} } }, { properties: { "result-list": {}, items: { type: "array" } } }] }, "items"],
    [{ properties: { "Order List": { type: "array" } } }, '"Order List"'],
    [{ type: "array", items: {} }, undefined],
    [{ type: "object", properties: { a: { type: "object" }, b: {} } }, undefined],
    [{ type: "object", properties: { data: { type: "string" } } }, undefined],
    [{ $ref: "#/components/schemas/Loop" }, "next.next.next"],
  ])("suggests by the reply's schema %j to extract %s", (schema, extract) => {
    const more = { components: { schemas: { Loop: { type: "object", properties: { next: { $ref: "#/components/schemas/Loop" } } } } } };
    const { config } = draftOf(api({ responses: { 200: json(schema) } }, more), "op");
    expect(config.response_mapping).toEqual(extract === undefined ? undefined : { extract });
  });

  test.each<[Json, string]>([
    [{ callbacks: { done: {} } }, "Left out: the callbacks"],
    [{ deprecated: true }, "deprecated"],
    [{ parameters: [{ name: "sid", in: "cookie" }, { name: "q", in: "query" }] }, "Left out: the optional parameters sid, q."],
    [{ parameters: [{ name: "Idempotency-Key", in: "header", required: true }] }, "Left out: the header Idempotency-Key, since each run gets its own."],
    [{ requestBody: { content: { "multipart/form-data": {} } } }, "Left out: the optional body (multipart/form-data), which is not JSON."],
    [{ requestBody: json({ type: "object", required: ["a"], properties: { a: { $ref: "other.yaml#/A" } } }) }, 'Left out: "other.yaml#/A", which is in another document.'],
  ])("says in a note what is left out of %j", (operation, note) => {
    expect(draftOf(api(operation), "op").notes.join("\n")).toContain(note);
  });

  test.each<[Json, Json, readonly unknown[]]>([
    [{ security: [] }, { security: [{ a: [] }] }, ["none", undefined]],
    [{}, { security: [{ basic: [] }] }, ["basic", undefined]],
    [{}, { security: [{ query: [] }, {}] }, ["none", undefined]],
    [{}, { security: [{ both: [], basic: [] }, { header: [] }] }, ["api_key", "X-Key"]],
    [{ parameters: [{ name: "X-Api-Key", in: "header", required: true }] }, {}, ["api_key", "X-Api-Key"]],
  ])("takes the first way of authentication that can be had: %j %j", (operation, more, expected) => {
    const securitySchemes = { basic: { type: "http", scheme: "Basic" }, query: { type: "apiKey", in: "query", name: "k" }, header: { type: "apiKey", in: "header", name: "X-Key" } };
    const { config } = draftOf(api(operation, { components: { securitySchemes }, ...more }), "op");
    expect([config.auth_type, config.auth_header_name]).toEqual(expected);
  });
});

describe("what an OpenAPI document holds that cannot be", () => {
  test.each([
    [`swagger: "2.0"\npaths: {}\n`, /^1 swagger: found OpenAPI 2\.0 \(Swagger\); allowed: an OpenAPI document of version 3\.0 or 3\.1/],
    ["openapi: 3.2.0\npaths: {}\n", /^1 openapi: found "3\.2\.0"; allowed/],
    ["openapi: 4\npaths: {}\n", /^1 openapi: found the number 4; allowed/],
    ["info: {}\n", /^1 : found no key openapi; allowed/],
    ["[]", /^1 : found a list of 0 entries; allowed/],
    ["just words", /^1 : found a plain text; allowed/],
    ["", /^- : found nothing; allowed/],
    ["openapi: 3.0.0\npaths:\n  /x: {}\n", /^3 paths: found no operation; allowed: paths with get/],
    ["openapi: 3.0.0\npaths: {}\npaths: {}\n", /^3 paths: found the same key a second time/],
    ["openapi: [\n", /not well-formed YAML/],
    [`{"openapi": "3.0.0",}`, /not well-formed JSON/],
    ["x".repeat(100_001), /^- : found 100,001 characters; allowed/],
  ])("is refused: %.30j", (text, message) => {
    expect(refusal(text, null)[0]).toMatch(message);
  });

  test("is refused with the operations that there are", () => {
    expect(refusal(shop, "getOder")).toEqual(['- paths: found no operation "getOder"; allowed: getOrder, DELETE /orders/{orderId}, search (did you mean getOrder?)']);
  });

  test.each<[string, Json, Json, string]>([
    ["a path parameter without a value", { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }] }, {}, "paths./x/{id}.post.parameters[0]: found the required parameter id (in path) without a value, and nothing fills it in later; allowed: one with an example or a default"],
    ["a place in the path that nobody describes", {}, {}, "paths./x/{id}.post: found {id} in the path, and no path parameter of that name; allowed: a parameter with an example or a default"],
    ["a parameter that is an object", { parameters: [{ name: "id", in: "path", example: { a: 1 } }] }, {}, "paths./x/{id}.post.parameters[0]: found the required parameter id (in path) with a value or a style that cannot be written; allowed: a single value or a list, in style simple or form"],
  ])("is refused by its place: %s", (_what, operation, more, expected) => {
    expect(refusal(api(operation, more, "/x/{id}"), "op")).toEqual([`1 ${expected}`]);
  });

  test.each<[string, Json, Json, RegExp]>([
    ["a required query parameter without a value", { parameters: [{ name: "q", in: "query", required: true }] }, {}, /parameters\[0\]: found the required parameter q \(in query\) without a value/],
    ["a required cookie", { parameters: [{ name: "sid", in: "cookie", required: true }] }, {}, /found the required parameter sid in cookie; allowed: in path, query or header/],
    ["a parameter from elsewhere", { parameters: [{ $ref: "common.yaml#/P" }] }, {}, /parameters\[0\]\.\$ref: found "common\.yaml#\/P", which is in another document; allowed/],
    ["a $ref to nothing", { parameters: [{ $ref: "#/components/parameters/None" }] }, {}, /where nothing stands/],
    ["a $ref to what is inherited", { parameters: [{ $ref: "#/constructor" }] }, {}, /where nothing stands/],
    ["$refs in a circle", { parameters: [{ $ref: "#/a" }] }, { a: { $ref: "#/b" }, b: { $ref: "#/a" } }, /lead in a circle/],
    ["no server", {}, { servers: [] }, /^\S+ servers: missing; allowed: a server with a whole https address/],
    ["a relative server", {}, { servers: [{ url: "/v1" }] }, /servers\[0\]\.url: found "\/v1", which names no host/],
    ["a server variable without a default", {}, { servers: [{ url: "https://{r}.example" }] }, /servers\[0\]\.variables\.r: found no default of the server variable r/],
    ["a server in plain http", {}, { servers: [{ url: "http://a.example" }] }, /config\.url: found http:\/\/, which anybody/],
    ["oauth2 only", {}, { security: [{ o: [] }], components: { securitySchemes: { o: { type: "oauth2" } } } }, /security: found only security that cannot be used \(o: oauth2\); allowed: http bearer, http basic, apiKey in a header, or none/],
    ["a key in the query", {}, { security: [{ k: [] }], components: { securitySchemes: { k: { type: "apiKey", in: "query", name: "key" } } } }, /\(k: apiKey in query\)/],
    ["a scheme that is not described", {}, { security: [{ k: [] }] }, /\(k, which is not described\)/],
    ["http digest", {}, { security: [{ d: [] }], components: { securitySchemes: { d: { type: "http", scheme: "digest" } } } }, /\(d: http digest\)/],
    ["a body that is multipart", { requestBody: { required: true, content: { "multipart/form-data": {} } } }, {}, /requestBody\.content: found multipart\/form-data; allowed: application\/json/],
    ["a body that is a list", { requestBody: json({ type: "array" }) }, {}, /found a body that is a list of 0 entries; allowed: a JSON object/],
    ["a body from elsewhere", { requestBody: { $ref: "https://b.example/x.json" } }, {}, /which is in another document/],
    ["two headers with credentials", { parameters: [{ name: "X-Api-Key", in: "header", required: true }] }, { security: [{ b: [] }], components: { securitySchemes: { b: { type: "http", scheme: "bearer" } } } }, /found two headers with credentials, Authorization and X-Api-Key; allowed: one/],
    ["a key that no definition may hold", { requestBody: json({ example: { constructor: 1 } }) }, {}, /config\.request_mapping\.body\.constructor: found the key constructor/],
  ])("is refused by its place: %s", (_what, operation, more, message) => {
    expect(refusal(api(operation, more), "op").join("\n")).toMatch(message);
  });

  test("is told all at once, with lines", () => {
    const text = shop.replace(', example: "A 1/2"', "").replace("default: eu", "enum: [eu]").replace("  - token: []\n", "");
    expect(refusal(text, "getOrder").map((one) => one.split(":")[0])).toEqual(["6 servers[1].variables.region", "12 paths./orders/{orderId}.parameters[0]", "8 security"]);
  });

  test("may not take for ever: schemas that hold each other a thousand times", () => {
    const all = Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [`p${index}`, { $ref: "#/c" }]));
    const text = api({ requestBody: json({ $ref: "#/c" }), responses: { 200: json({ $ref: "#/c" }) } }, { c: { type: "object", required: Object.keys(all), properties: all } });
    expect(text.length).toBeLessThan(100_000);
    // Followed wherever they lead they would never end, and the suite's time limit would.
    expect(importOpenApi(text, "op").kind).toBe("draft");
  });

  test("never makes it throw, whatever stands where", () => {
    const keys = constantFrom("openapi", "servers", "url", "paths", "/x", "/{a}", "get", "post", "parameters", "$ref", "#/paths", "in", "name", "schema", "allOf", "requestBody", "content", "application/json", "security", "components", "responses", "200");
    const node = oneof(jsonValue(), constantFrom("#/paths", "#/components", "https://a.example", "path", "x", true), dictionary(keys, oneof(jsonValue(), dictionary(keys, jsonValue()))));
    assertProperty(
      property(node, node, node, (item, operation, components) => {
        const text = JSON.stringify({ openapi: "3.0.0", servers: [{ url: "https://a.example" }, operation], components, security: item, paths: { "/x": item, "/{a}": { post: operation, parameters: components } } });
        expect(["operations", "refused"]).toContain(importOpenApi(text, null).kind);
        for (const id of ["POST /{a}", "GET /x"]) {
          const result = importOpenApi(text, id);
          if (result.kind === "draft") expect(checkDefinition({ ...result.draft, bot_id: "b" }).problems).toEqual([]);
        }
      }),
      { numRuns: 300, seed: 4_100_003 },
    );
  });
});

describe("a pasted text", () => {
  test("is known for what it is", () => {
    expect(importText("\n curl https://a.example", null).kind).toBe("draft");
    expect(importText(shop, null).kind).toBe("operations");
    expect(importText(shop, "search").kind).toBe("draft");
    const neither = importText("wget https://a.example", null);
    expect(neither.kind === "refused" && neither.problems[0]?.message).toMatch(/neither.*allowed: a curl command, or an OpenAPI document/);
    const old = importText('{"swagger": "2.0"}', null);
    expect(old.kind === "refused" && old.problems[0]?.message).toMatch(/Swagger/);
  });
});
