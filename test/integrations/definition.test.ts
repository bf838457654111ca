import { type Arbitrary, assert as assertProperty, anything, constantFrom, dictionary, integer, jsonValue, oneof, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { integrationDefinitionSchema } from "../../shared/integration.ts";

const sound = {
  name: "Order lookup",
  bot_id: "bot_1",
  config: {
    url: "https://orders.example.com/v1/search?page=1",
    headers: { "X-Source": "bot" },
    request_mapping: { body: { limit: 5, $input: "bot.payload", transform: "json_merge" } },
    response_mapping: { extract: "data.result", normalize: "flatten" },
  },
};

/** The sound draft with parts of its `config` changed. */
function withConfig(change: Readonly<Record<string, unknown>>): unknown {
  return { ...sound, config: { ...sound.config, ...change } };
}

/** `path: message` of all that is wrong. */
function told(draft: unknown): readonly string[] {
  const { definition, problems } = checkDefinition(draft);
  expect(definition === null).toBe(problems.length > 0);
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

/** A draft as it comes from JSON text: with keys that an object literal cannot hold. */
function fromJson(text: string): unknown {
  return JSON.parse(text);
}

describe("a definition", () => {
  test("that is sound has its defaults worked in and its texts trimmed", () => {
    const { definition, problems } = checkDefinition({ name: "  Orders ", bot_id: " b ", config: { url: " https://a.example/x " } });
    expect(problems).toEqual([]);
    expect(definition).toEqual({
      name: "Orders",
      description: "A REST service that the bot asks.",
      status: "ACTIVE",
      bot_id: "b",
      config: {
        url: "https://a.example/x",
        method: "POST",
        auth_type: "bearer",
        auth_header_name: "Authorization",
        headers: {},
        request_mapping: {},
        response_mapping: { extract: "*", normalize: "none" },
        timeout_seconds: 30,
        secret: "EXTERNAL_API_KEY",
      },
    });
  });

  test("may name a schema for editors, which is no part of it", () => {
    expect(checkDefinition({ $schema: "./integration.schema.json", ...sound }).definition).toEqual(checkDefinition(sound).definition);
    expect(told({ $schema: 3, ...sound })).toHaveLength(1);
  });

  test("tells everything that is wrong at once, each by its field", () => {
    const wrong = {
      name: "ab",
      status: "active",
      bot_id: "",
      confg: 1,
      config: { url: "http://user:pw@orders.example.com/#x", method: "get", auth_type: "token", timeout_seconds: 0, headers: { Host: "a", "X-A": "1\n2" }, request_mapping: { query: {} }, secret: "no name" },
    };
    expect(told(wrong).toSorted()).toEqual([
      "bot_id: found \"\"; allowed: text of 1 to 200 characters",
      "config.auth_type: found \"token\"; allowed: bearer, api_key, basic, none",
      "config.headers.Host: found a header that is set already: it follows from the address; allowed: every other header",
      "config.headers.X-A: found a text of 3 characters with a line break in it; allowed: one line of text of at most 8,000 characters, without characters beyond Latin-1",
      "config.method: found \"get\"; allowed: GET, POST, PUT, PATCH, DELETE (did you mean GET?)",
      "config.request_mapping.query: found the unknown key \"query\"; allowed: body",
      "config.secret: found a text of 7 characters; allowed: the name of a secret, not the secret: letters, digits and _, not beginning with a digit, at most 100",
      "config.timeout_seconds: found the number 0; allowed: a whole number of seconds from 1 to 120",
      "config.url: found http://, which anybody on the way can read, a user name or password (store them as a secret, with auth_type: basic), a fragment (#…); allowed: an address that begins with https:// (http:// only for this machine, where integrations.allowHosts names it), without user name, password and fragment",
      "confg: found the unknown key \"confg\"; allowed: name, description, status, bot_id, config (did you mean config?)",
      "name: found \"ab\"; allowed: text of 3 to 100 characters",
      "status: found \"active\"; allowed: ACTIVE, INACTIVE (did you mean ACTIVE?)",
    ].toSorted());
  });

  test.each([
    ["nothing", undefined],
    ["a list", []],
    ["a text", "name: x"],
    ["a map without anything", {}],
  ])("that is %s is refused with what is allowed", (_what, draft) => {
    expect(told(draft).join("\n")).toMatch(/allowed: /);
  });

  test.each<[string, unknown, RegExp]>([
    ["name", 12, /^found the number 12; allowed: text of 3 to 100 characters \(put it in quotes\)$/],
    ["name", "a".repeat(101), /allowed: text of 3 to 100/],
    ["name", "   ab   ", /allowed: text of 3 to 100/],
    ["description", "x".repeat(1_001), /allowed: text of at most 1,000/],
    ["description", null, /^found nothing; allowed: text/],
    ["status", "PAUSED", /allowed: ACTIVE, INACTIVE$/],
    ["bot_id", ["a"], /^found a list of 1 entry; allowed: text/],
    ["config", "x", /^found "x"; allowed: a map with the keys url, method, auth_type/],
    ["config", undefined, /^missing; allowed: a map with the keys/],
  ])("with %s as %j is refused there", (field, value, message) => {
    const { problems } = checkDefinition({ ...sound, [field]: value });
    expect(problems.map(({ path }) => path)).toEqual([field]);
    expect(problems[0]?.message).toMatch(message);
  });

  test.each<[string, unknown, RegExp]>([
    ["url", undefined, /^missing; allowed: text of 1 to 2,000/],
    ["url", 7, /^found a number; allowed: text/],
    ["url", "", /^found an empty text; allowed/],
    ["url", `https://a.example/${"x".repeat(2_000)}`, /^found a text of 2,018 characters; allowed: text of 1 to 2,000/],
    ["method", "HEAD", /^found "HEAD"; allowed: GET, POST, PUT, PATCH, DELETE/],
    ["auth_type", "Basic", /did you mean basic\?/],
    ["auth_header_name", "X Key", /^found "X Key"; allowed: the name of a header/],
    ["auth_header_name", "", /allowed: the name of a header/],
    ["auth_header_name", "Content-Length", /^found Content-Length: it follows from the body; allowed: a header that is there for credentials/],
    ["auth_header_name", "content-type", /it has a meaning of its own/],
    ["headers", ["X-A: 1"], /^found a list of 1 entry; allowed: a map of names of headers and texts/],
    ["request_mapping", "bot.payload", /allowed: a map with the keys body/],
    ["response_mapping", "data", /allowed: a map with the keys extract, normalize/],
    ["timeout_seconds", 121, /from 1 to 120/],
    ["timeout_seconds", 1.5, /^found the number 1.5; allowed: a whole number of seconds from 1 to 120/],
    ["timeout_seconds", "30", /^found "30"; allowed: a whole number/],
    ["secret", "1abc", /^found a text of 4 characters; allowed: the name of a secret/],
    ["secret", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", /^found what looks like the secret itself/],
    ["secret", 123456, /^found a number; allowed: the name of a secret/],
    ["timeout_second", 5, /^found the unknown key "timeout_second"; allowed: url, .*\(did you mean timeout_seconds\?/],
  ])("with config.%s as %j is refused there", (field, value, message) => {
    const { problems } = checkDefinition(withConfig({ [field]: value }));
    expect(problems.map(({ path }) => path)).toEqual([`config.${field}`]);
    expect(problems[0]?.message).toMatch(message);
  });

  test.each([
    ["http://orders.example.com/", /http:\/\/, which anybody/],
    ["http://10.0.0.1/", /http:\/\//],
    ["http://a.localhost/", /http:\/\//],
    ["HTTP://orders.example.com/", /http:\/\//],
    ["ftp://orders.example.com/", /found ftp:\/\/; allowed: an address that begins with https/],
    ["file:///etc/passwd", /file:\/\/|no whole address/],
    ["javascript:alert(1)", /does not begin with https/],
    ["orders.example.com/v1", /does not begin with https/],
    ["//orders.example.com", /does not begin with https/],
    ["/v1/orders", /does not begin with https/],
    ["https:orders.example.com", /no whole address/],
    ["https:///orders.example.com", /no whole address/],
    ["https://", /no whole address/],
    ["https://a b.example/", /a space/],
    ["https://a.example/x\ny", /line break/],
    ["https://a.example\\@b.example/", /backslash/],
    ["https://user@a.example/", /user name or password/],
    ["https://:pw@a.example/", /user name or password/],
    ["https://@a.example/", /user name or password/],
    ["https://a.example/#", /fragment/],
    ["https://a.example/x#token", /fragment/],
    ["https://a.example:99999/", /no whole address/],
    ["https://a.example/orders/{orderId}", /the placeholder \{orderId\}, which nothing fills in/],
  ])("with the address %s is refused", (url, message) => {
    const { problems } = checkDefinition(withConfig({ url }));
    expect(problems.map(({ path }) => path)).toEqual(["config.url"]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).toMatch(/; allowed: /);
  });

  test.each(["https://a.example", "https://a.example:8443/x?mail=a@b.example", "https://[2001:db8::1]/", "https://münchen.example/ä", "http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:3/"])("takes the address %s", (url) => {
    expect(told(withConfig({ url }))).toEqual([]);
  });

  test("says that plain http on this machine needs its host in allowHosts", () => {
    expect(checkDefinition(withConfig({ url: "http://127.0.0.1:8080/x" })).notes).toEqual(["config.url: 127.0.0.1:8080 is asked in plain http, and only where integrations.allowHosts names it."]);
    expect(checkDefinition(sound).notes).toEqual([]);
  });

  test("says that a POST without body mapping sends nothing", () => {
    expect(checkDefinition(withConfig({ request_mapping: {} })).notes.join()).toContain("without body nothing is sent");
    expect(checkDefinition(withConfig({ request_mapping: {}, method: "GET" })).notes).toEqual([]);
  });

  test.each<[Readonly<Record<string, unknown>>, string, RegExp]>([
    [{ "Content-Length": "3" }, "Content-Length", /it follows from the body/],
    [{ HOST: "a.example" }, "HOST", /it follows from the address/],
    [{ "Transfer-Encoding": "chunked" }, "Transfer-Encoding", /belongs to the connection/],
    [{ "idempotency-key": "1" }, "idempotency-key", /each run gets its own/],
    [{ "X-A": "1", "x-a": "2" }, "x-a", /the same header as X-A/],
    [{ "X-A": "a\r\nX-B: c" }, "X-A", /line break/],
    [{ "X-A": "\u{1f642}" }, "X-A", /beyond Latin-1/],
    [{ "X-A": "nul\0" }, "X-A", /one line of text/],
    [{ "X-A": 5 }, "X-A", /found a number; allowed: one line of text.*put it in quotes/],
    [{ "X A": "1" }, "X A", /the name of a header/],
    [{ "": "1" }, "", /the name of a header/],
    [{ "X-A\r\nX-B": "1" }, "X-A\r\nX-B", /the name of a header/],
    [{ "Content-Type": "text/xml" }, "Content-Type", /not JSON; allowed: application\/json/],
  ])("with the headers %j is refused there", (headers, name, message) => {
    const { problems } = checkDefinition(withConfig({ headers }));
    expect(problems.map(({ path }) => path)).toEqual([`config.headers.${name}`]);
    expect(problems[0]?.message).toMatch(message);
  });

  test("may say which kind of JSON it sends", () => {
    expect(told(withConfig({ headers: { "Content-Type": "application/vnd.api+json; charset=utf-8" } }))).toEqual([]);
  });

  test("may not set the header that its authentication sets, whatever the letters' case", () => {
    expect(told(withConfig({ auth_type: "api_key", auth_header_name: "X-Shop", headers: { "x-shop": "1" } }))).toEqual([
      "config.headers.x-shop: found the header that auth_type api_key sets; allowed: every other header (the secret's name belongs in config.secret)",
    ]);
    expect(told(withConfig({ auth_type: "none", auth_header_name: "X-Shop", headers: { "x-shop": "1" } }))).toEqual([]);
  });
});

describe("a secret in a definition", () => {
  const secret = "Zx81TopSecretValue99";
  test.each<[string, unknown, string]>([
    ["Authorization", withConfig({ headers: { Authorization: `Bearer ${secret}` } }), "config.headers.Authorization"],
    ["Authorization without authentication", withConfig({ auth_type: "none", headers: { authorization: secret } }), "config.headers.authorization"],
    ["a key header", withConfig({ headers: { "Ocp-Apim-Subscription-Key": secret } }), "config.headers.Ocp-Apim-Subscription-Key"],
    ["a cookie", withConfig({ headers: { Cookie: `sid=${secret}` } }), "config.headers.Cookie"],
    ["any header with credentials in it", withConfig({ headers: { "X-Forward": `bearer ${secret}` } }), "config.headers.X-Forward"],
    ["the query", withConfig({ url: `https://a.example/?api_key=${secret}` }), "config.url"],
    ["the query, by its look", withConfig({ url: `https://a.example/?key=${secret}` }), "config.url"],
    ["the body", withConfig({ request_mapping: { body: { deep: [{ client_secret: secret }] } } }), "config.request_mapping.body.deep[0].client_secret"],
    ["the description", { ...sound, description: `use eyJhbGciOiJIUzI1NiJ9.${secret}.sig` }, "description"],
  ])("is refused in %s, and never told", (_what, draft, path) => {
    const { problems } = checkDefinition(draft);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toContain("config.secret");
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  test.each([
    ["a page token", withConfig({ url: "https://a.example/?pageToken=abc&key=ORD-1" })],
    ["words that begin like credentials", withConfig({ request_mapping: { body: { plan: "Basic package", kind: "bearer bonds of 2024" } } })],
    ["words about tokens", { ...sound, description: "Bearer tokens are stored by name." }],
    ["a cache key", withConfig({ headers: { "X-Cache-Key": "orders", "X-Request-Source": "bot" } })],
    ["a password that is to be filled in", withConfig({ request_mapping: { body: { password: "" } } })],
  ])("is not seen in %s", (_what, draft) => {
    expect(told(draft)).toEqual([]);
  });

  test("and an address that is wrong otherwise are both told", () => {
    expect(told(withConfig({ url: `http://a.example/?access_token=${secret}` }))).toHaveLength(2);
  });
});

describe("a body mapping", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["with another input", { $input: "bot.context", transform: "json_merge" }, "$input", /found "bot.context"; allowed: bot.payload/],
    ["with another transform", { $input: "bot.payload", transform: "merge" }, "transform", /found "merge"; allowed with \$input: json_merge/],
    ["without a transform", { $input: "bot.payload" }, "transform", /missing; allowed with \$input: json_merge/],
    ["without an input", { transform: "json_merge" }, "$input", /missing; allowed with transform json_merge: bot.payload/],
    ["with a mistyped input", { $inputs: "bot.payload" }, "$inputs", /did you mean \$input\?/],
    ["with an input further down", { order: [{ $input: "bot.payload" }] }, "order[0].$input", /only at its top/],
  ])("%s is refused there", (_what, body, path, message) => {
    const { problems } = checkDefinition(withConfig({ request_mapping: { body } }));
    expect(problems.map((problem) => problem.path)).toEqual([`config.request_mapping.body.${path}`]);
    expect(problems[0]?.message).toMatch(message);
  });

  test("may have keys of the service's own, also one called transform", () => {
    expect(told(withConfig({ request_mapping: { body: { transform: "rotate", $filter: "x", nested: { transform: "json_merge" } } } }))).toEqual([]);
  });

  test.each(["a text", [], 3, null])("that is %j is refused", (body) => {
    expect(told(withConfig({ request_mapping: { body } })).join()).toMatch(/config\.request_mapping\.body: found .*; allowed: a map/);
  });

  test("is refused on GET, also an empty one", () => {
    expect(told(withConfig({ method: "GET" }))).toEqual(["config.request_mapping.body: found a body mapping on GET; allowed: none with GET, or another method"]);
    expect(told(withConfig({ method: "GET", request_mapping: { body: {} } }))).toHaveLength(1);
    expect(told(withConfig({ method: "GET", request_mapping: {} }))).toEqual([]);
  });
});

describe("an expression", () => {
  test("is bounded in length", () => {
    expect(told(withConfig({ response_mapping: { extract: "a".repeat(2_000) } }))).toEqual([]);
    expect(told(withConfig({ response_mapping: { extract: "*" } }))).toEqual([]);
    expect(told(withConfig({ response_mapping: { extract: "a".repeat(2_001) } })).join()).toMatch(/config\.response_mapping\.extract: .*1 to 2,000/);
    expect(told(withConfig({ response_mapping: { extract: "a".repeat(100_000) } })).join().length).toBeLessThan(400);
    expect(told(withConfig({ response_mapping: { extract: "" } }))).toHaveLength(1);
  });

  test.each(["data..result", "data[", "nope(@)", "a b", "[".repeat(1_999)])("that is no JMESPath is refused: %.20j", (extract) => {
    expect(told(withConfig({ response_mapping: { extract } }))).toEqual([expect.stringMatching(/^config\.response_mapping\.extract: no JMESPath that can be used: ./)]);
  });

  test("is followed by a normal form that is known", () => {
    expect(told(withConfig({ response_mapping: { normalize: "mapkeys" } })).join()).toContain("did you mean map_keys?");
  });
});

describe("a draft that is a danger", () => {
  test.each([
    ["at the top", `{"__proto__": {"name": "x"}, "name": "abc", "bot_id": "b", "config": {"url": "https://a.example"}}`, "__proto__"],
    ["as a header", `{"name": "abc", "bot_id": "b", "config": {"url": "https://a.example", "headers": {"__proto__": "x"}}}`, "config.headers.__proto__"],
    ["in the body", `{"name": "abc", "bot_id": "b", "config": {"url": "https://a.example", "request_mapping": {"body": {"a": [{"__proto__": 1}]}}}}`, "config.request_mapping.body.a[0].__proto__"],
    ["as constructor", `{"name": "abc", "bot_id": "b", "config": {"url": "https://a.example", "request_mapping": {"body": {"constructor": {"prototype": 1}}}}}`, "config.request_mapping.body.constructor"],
    ["as prototype", `{"name": "abc", "bot_id": "b", "prototype": 1, "config": {"url": "https://a.example"}}`, "prototype"],
  ])("for its keys is refused %s", (_where, text, path) => {
    const { definition, problems } = checkDefinition(fromJson(text));
    expect(definition).toBeNull();
    expect(problems.map((problem) => problem.path)).toContain(path);
  });

  test("is refused when it is nested too deeply, without reading on", () => {
    expect(told(withConfig({ request_mapping: { body: { a: fromJson("[".repeat(100_000) + "]".repeat(100_000)) } } })).join()).toMatch(/nested too deeply; allowed: at most 64 levels/);
  });

  test("is refused when it holds itself", () => {
    const body: Record<string, unknown> = {};
    body.self = body;
    expect(told(withConfig({ request_mapping: { body } })).join()).toMatch(/too deeply/);
  });

  test("is refused when it is too large", () => {
    expect(told(withConfig({ request_mapping: { body: { a: Array.from({ length: 100_001 }, () => 1) } } })).join()).toMatch(/more than 100,000 values/);
    expect(told(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]))).join()).toMatch(/found 5,000 keys; allowed: at most 1,000/);
  });

  test.each([
    ["a number that is none", Number.NaN],
    ["a number without end", Number.POSITIVE_INFINITY],
    ["a number that lost digits", Number("12345678901234567890")],
    ["a date", new Date(0)],
    ["a function", () => 1],
    ["a large number", 1n],
    ["a symbol", Symbol("x")],
  ])("is refused for %s", (_what, value) => {
    const { definition, problems } = checkDefinition(withConfig({ request_mapping: { body: { a: value } } }));
    expect(definition).toBeNull();
    expect(problems.map(({ path }) => path)).toEqual(["config.request_mapping.body.a"]);
  });

  test("has its list of problems cut where it is endless", () => {
    const draft = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`key${index}`, 1]));
    const problems = told(draft);
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)).toMatch(/^: found \d+ more problems$/);
  });
});

/** The table of contract 4.1, written down a second time and plainly: whether a definition keeps it. */
function keepsTheTable(draft: unknown): boolean {
  const isMap = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
  const only = (map: Record<string, unknown>, keys: readonly string[]): boolean => Object.keys(map).every((key) => keys.includes(key));
  const text = (value: unknown, least: number, most: number): boolean => typeof value === "string" && value.trim().length >= least && value.trim().length <= most;
  const among = (value: unknown, words: readonly unknown[]): boolean => value === undefined || words.includes(value);
  if (!isMap(draft) || !only(draft, ["$schema", "name", "description", "status", "bot_id", "config"])) return false;
  if (!text(draft.name, 3, 100) || !text(draft.bot_id, 1, 200) || !among(draft.status, ["ACTIVE", "INACTIVE"])) return false;
  if (draft.description !== undefined && typeof draft.description !== "string") return false;
  const { config } = draft;
  if (!isMap(config) || !only(config, ["url", "method", "auth_type", "auth_header_name", "headers", "request_mapping", "response_mapping", "timeout_seconds", "secret"])) return false;
  if (!among(config.method, ["GET", "POST", "PUT", "PATCH", "DELETE"]) || !among(config.auth_type, ["bearer", "api_key", "basic", "none"])) return false;
  const url = typeof config.url === "string" ? URL.parse(config.url.trim()) : null;
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return false;
  if (url.protocol !== "https:" && !(url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname))) return false;
  const { headers = {}, request_mapping = {}, response_mapping = {}, timeout_seconds = 30 } = config;
  if (!isMap(headers) || !isMap(request_mapping) || !isMap(response_mapping)) return false;
  const authName = typeof config.auth_header_name === "string" ? config.auth_header_name : "Authorization";
  const auth = config.auth_type === "none" ? null : authName.toLowerCase();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== "string" || /[\r\n]/.test(value) || /[\s:]/.test(name) || name === "") return false;
    if (["host", "content-length", "authorization", auth].includes(name.toLowerCase())) return false;
  }
  if (!only(request_mapping, ["body"]) || (config.method === "GET" && "body" in request_mapping)) return false;
  if (!only(response_mapping, ["extract", "normalize"]) || !among(response_mapping.normalize, ["flatten", "map_keys", "none"])) return false;
  return Number.isInteger(timeout_seconds) && Number(timeout_seconds) >= 1 && Number(timeout_seconds) <= 120;
}

describe("two hundred random drafts", () => {
  const junk = oneof(anything(), jsonValue(), string());
  const mostly = <T>(good: Arbitrary<T>, doubtful: Arbitrary<unknown>): Arbitrary<unknown> =>
    oneof({ weight: 16, arbitrary: good }, { weight: 3, arbitrary: doubtful }, { weight: 1, arbitrary: junk });
  const one = (...values: readonly unknown[]): Arbitrary<unknown> => constantFrom(...values);
  const header = dictionary(constantFrom("X-A", "x-a", "Host", "content-length", "Authorization", "X-B", "a b", "", "Cookie"), oneof(one("1", "a\nb", "Bearer abcdefgh"), string()), { maxKeys: 3 });
  const config = record(
    {
      url: mostly(one("https://a.example/x", "http://127.0.0.1:1/"), one("http://a.example", "https://u:p@a.example", "https://a.example/#f", "ftp://a.example", "https://a.example/?api_key=1")),
      method: mostly(one("GET", "POST", "PUT"), one("get", "HEAD")),
      auth_type: mostly(one("bearer", "api_key", "basic", "none"), one("Bearer")),
      auth_header_name: mostly(one("Authorization", "X-A", "x-b"), one("Host", "a b")),
      headers: mostly(constantFrom({}, { "X-A": "1" }), header),
      request_mapping: mostly(one({}, { body: { $input: "bot.payload", transform: "json_merge" } }), record({ body: dictionary(string(), jsonValue()) })),
      response_mapping: mostly(record({ extract: one("*", "data.result", "items[0].id"), normalize: one("none", "flatten") }, { requiredKeys: [] }), oneof(one({ normalize: "all" }, { extract: "" }), record({ extract: string() }))),
      timeout_seconds: mostly(integer({ min: 1, max: 120 }), one(0, -1, 121, 1.5)),
      secret: mostly(one("KEY"), one("1", "a-b")),
    },
    { requiredKeys: ["url"] },
  );
  const draft = oneof(
    { weight: 8, arbitrary: record({ name: mostly(one("Orders"), string({ minLength: 2, maxLength: 101 })), bot_id: mostly(one("b"), string()), config: mostly(config, junk), status: one("ACTIVE", "INACTIVE") }) },
    { weight: 1, arbitrary: junk },
  );

  test("are never thrown at, and none is accepted that the contract forbids", () => {
    let accepted = 0;
    assertProperty(
      property(draft, (value) => {
        const { definition, problems } = checkDefinition(value);
        expect(definition === null).toBe(problems.length > 0);
        if (definition === null) {
          for (const { message } of problems) expect(message).not.toBe("");
          return;
        }
        accepted += 1;
        expect(keepsTheTable(value)).toBe(true);
        expect(integrationDefinitionSchema.parse(definition)).toEqual(definition);
        expect(checkDefinition(definition).definition).toEqual(definition);
      }),
      { numRuns: 200, seed: 4_100_001, examples: [[sound]] },
    );
    expect(accepted).toBeGreaterThan(15);
    expect(accepted).toBeLessThan(150);
  });
});
