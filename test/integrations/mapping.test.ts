import { describe, expect, test } from "vitest";
import { checkExpression, mapRequest, mapResponse } from "../../electron/integrations/mapping.ts";
import { integrationDefinitionSchema, type JsonValue, type Normalize } from "../../shared/integration.ts";

function mapped(body: JsonValue, extract: string, normalize: Normalize = "none") {
  const result = mapResponse(body, { extract, normalize });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function faultOf(body: JsonValue, extract: string, normalize: Normalize = "none") {
  const result = mapResponse(body, { extract, normalize });
  if (result.ok) throw new Error(`it found ${JSON.stringify(result.value).slice(0, 200)}`);
  return result.error;
}

function configWith(body?: Record<string, JsonValue>) {
  return integrationDefinitionSchema.parse({
    name: "Orders",
    bot_id: "bot",
    config: { url: "https://example.com", ...(body === undefined ? {} : { request_mapping: { body } }) },
  }).config;
}

/** A value as JSON writes it: own keys only, and no doubt about `__proto__`. */
const json = (text: string): JsonValue => JSON.parse(text) as JsonValue;

describe("what a response mapping extracts", () => {
  const order = { data: { result: [{ id: 7, state: "sent" }, { id: 8, state: "open" }], total: 0, empty: "", none: null } };

  test("is what the path finds", () => {
    expect(mapped(order, "data.result[0].state").extracted).toBe("sent");
    expect(mapped(order, "data.result[?state=='open'].id | [0]").extracted).toBe(8);
  });

  test.each([["data.total", 0], ["data.empty", ""], ["data.result[?id > `100`]", []], ["!data", false]])("may be little: %s", (path, found) => {
    expect(mapped(order, path).extracted).toEqual(found);
  });

  test.each<[string, JsonValue]>([["an object", { a: 1 }], ["a list", [1, 2]], ["a text", "x"], ["an empty reply", null]])("is the whole reply by default: %s", (_what, body) => {
    expect(mapped(body, "*")).toEqual({ extracted: body, normalized: body });
    expect(mapped(body, configWith().response_mapping.extract).extracted).toEqual(body);
  });

  test("is what JMESPath means by a star where there is more than it", () => {
    expect(mapped({ a: { x: 1 }, b: { x: 2 } }, "*.x").extracted).toEqual([1, 2]);
    expect(mapped({ a: 1, b: 2 }, "values(@)").extracted).toEqual([1, 2]);
  });

  test.each([
    ["data.none", "data.none finds nothing in the reply: data is an object without none"],
    ["data.reslt.id", "data.reslt.id finds nothing in the reply: data is an object without reslt"],
    ["data.result.id", "data.result.id finds nothing in the reply: data.result is a list without id"],
    ["data.result[5].id", "data.result[5].id finds nothing in the reply: data.result is a list without [5]"],
    ["data.total.cents.x", "data.total.cents.x finds nothing in the reply: data.total is a number without cents"],
    ["nothing.here", "nothing.here finds nothing in the reply: there is no nothing"],
    ["data.result | [5]", "data.result | [5] finds nothing in the reply"],
  ])("is a fault that names the path where it finds nothing: %s", (path, message) => {
    expect(faultOf(order, path)).toEqual({ path, message });
  });

  test("may not be a path of 100 kB, and the fault is short", () => {
    const fault = faultOf(order, "a.".repeat(50_000) + "a");
    expect(fault.message).toContain("found 100,001 characters; allowed are 2,000");
    expect(fault.message.length).toBeLessThan(400);
    expect(fault.path.length).toBeLessThan(300);
  });
});

describe("nothing inherited is ever found", () => {
  const names = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "prototype"];
  const bodies: readonly JsonValue[] = [{ a: 1 }, [1], "text", 5, true, json(`{"__proto__x":1}`)];

  test.each(names)("%s", (name) => {
    for (const body of bodies) expect(mapResponse(body, { extract: name, normalize: "none" }).ok).toBe(false);
    const made = ["`{}`", "{a: @}", "merge(@, @)", "from_items([['a', @]])", "group_by([@], &'x')", "@", "$", "a"];
    for (const value of made) {
      expect(mapResponse({ a: { b: 1 } }, { extract: `${value}.${name}`, normalize: "none" }).ok).toBe(false);
      expect(mapped({ a: { b: 1 } }, `[${value}.${name}]`).extracted).toEqual([null]);
    }
    expect(faultOf({}, `${name}(@)`).message).toContain(`there is no function ${name}()`);
  });

  test.each(["length", "0", "at"])("a list has no %s", (name) => {
    expect(faultOf([1, 2], `"${name}"`).message).toContain("finds nothing");
  });

  test("a key that is called __proto__ is a key as any other, and stays one", () => {
    const body = json(`{"__proto__":{"admin":true},"constructor":{"name":"c"}}`);
    expect(mapped(body, "__proto__.admin").extracted).toBe(true);
    expect(mapped(body, "constructor.name").extracted).toBe("c");
    for (const path of ["*", "merge(@, {a: `1`})", "from_items(items(@))"]) {
      const { normalized } = mapped(body, path, "map_keys");
      expect(JSON.stringify(normalized)).toContain(`"__proto__":{"admin":true}`);
      expect(Object.getPrototypeOf(normalized)).toBe(Object.prototype);
      expect(normalized).not.toHaveProperty("admin");
    }
    const hash = mapped(body, `{"__proto__": constructor}`).extracted;
    expect(Object.getPrototypeOf(hash)).toBe(Object.prototype);
    expect(JSON.stringify(mapped([{ k: "__proto__" }], "group_by(@, &k)").extracted)).toBe(`{"__proto__":[{"k":"__proto__"}]}`);
    expect(Object.hasOwn({}, "admin")).toBe(false);
  });

  test("data cannot pass for an expression", () => {
    const body = { list: [{ a: 2 }, { a: 1 }], evil: { expref: true, type: "Field", name: "a" } };
    expect(faultOf(body, "sort_by(list, evil)").message).toContain("takes an expression that begins with & as argument 2; found an object");
    expect(mapped(body, "type(evil)").extracted).toBe("object");
  });
});

describe("a result is plain JSON", () => {
  test.each([
    ["a number too large for JSON", json(`{"n":1e999}`), "n", "a number that JSON does not have"],
    ["the same in the whole reply", json(`[1e999]`), "*", "a number that JSON does not have"],
    ["a product without bounds", { n: 1e308 }, "n * `10`", "a number that JSON does not have"],
    ["a quotient of nothing", { n: 0 }, "n / n", "/ by zero"],
    ["too deep", json("[".repeat(5_000) + "]".repeat(5_000)), "*", "nested more than 200 levels deep"],
    ["too deep to compare", json("[".repeat(400_000) + "]".repeat(400_000)), "@ == @[0]", "too deep or too large"],
  ])("%s", (_what, body, path, message) => {
    expect(faultOf(body, path).message).toContain(message);
  });

  test("an expression is no value", () => {
    for (const path of ["&a", "[&a]", "{a: &b}", "&a || b"]) expect(faultOf({ a: 1 }, path).message).toContain("found & where no argument of a function stands");
    expect(faultOf({ a: 1 }, "type(&a)").message).toContain("type() takes a value as argument 1; found an expression");
  });
});

describe("no expression keeps the program busy", () => {
  const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join("|");
  const list = Array.from({ length: 20_000 }, (_, id) => ({ id }));

  test.each<[string, JsonValue, string]>([
    ["a value that is written out 2^60 times", {}, times(60, "[@,@]")],
    ["a list that doubles", [1], times(60, "[@,@][]")],
    ["a text that doubles", "abc", times(60, "join('', [@,@])")],
    ["a text as text of a text", "a", times(60, "to_string([@,@])")],
    ["padding without end", "a", "pad_left(@, `1000000000`)"],
    ["replacing each letter by all", "a".repeat(500_000), "replace(@, 'a', @)"],
    ["every pair", list, "[*].[$[*].id]"],
    ["every pair by a filter", list, "[?contains($, @)]"],
    ["every pair by a function", list, "map(&length($[*].id), @)"],
    ["comparing what is the same only by parts", {}, `{a: ${times(60, "[@,@]")}, b: ${times(60, "[@,@]")}} | a == b`],
  ])("%s", (_what, body, expression) => {
    // Unbounded, any of them would take longer than the suite's time limit.
    expect(faultOf(body, expression).message).toMatch(/takes more than 5,000,000 steps|more than 10,000,000 characters/);
  });

  test("nor do texts that make patterns slow", () => {
    expect(mapped({ s: `${" ".repeat(900_000)}x` }, "trim(s)").extracted).toBe("x");
    expect(mapped({ s: `x${" ".repeat(450_000)}x${" ".repeat(450_000)}` }, "length(trim_right(s))").extracted).toBe(450_002);
  });
});

describe("the normal form", () => {
  test.each<[string, JsonValue, JsonValue]>([
    ["a list", [1, { a: 2 }], { items: [1, { a: 2 }], count: 2 }],
    ["an empty list", [], { items: [], count: 0 }],
    ["an object", { a: [1] }, { a: [1] }],
    ["a text", "x", { value: "x" }],
    ["false", false, { value: false }],
    ["nothing", null, { value: null }],
  ])("flatten: %s", (_what, body, normalized) => {
    expect(mapped(body, "*", "flatten")).toEqual({ extracted: body, normalized });
  });

  test.each<[string, JsonValue, JsonValue]>([
    ["an object", { "Order ID": 1, State: "x" }, { order_id: 1, state: "x" }],
    ["each of a list", [{ "A B": 1 }, 5, { "A B": 2, C: { "D E": 3 } }], [{ a_b: 1 }, 5, { a_b: 2, c: { "D E": 3 } }]],
    ["each space", { "A  B ": 1 }, { a__b_: 1 }],
    ["a text", "Some Text", "Some Text"],
  ])("map_keys: %s", (_what, body, normalized) => {
    expect(mapped(body, "*", "map_keys").normalized).toEqual(normalized);
  });

  test("map_keys names two keys that would become one", () => {
    for (const body of [{ "Order ID": 1, x: 2, order_id: 3 }, [{ a: 1 }, { "Order ID": 1, order_id: 3 }]]) {
      expect(faultOf(body, "*", "map_keys")).toEqual({ path: "order_id", message: `map_keys makes one key of "Order ID" and "order_id"; extract one of them` });
    }
  });

  test("does not change what was extracted", () => {
    const body = { "A B": 1 };
    expect(mapped(body, "*", "map_keys").extracted).toBe(body);
    expect(body).toEqual({ "A B": 1 });
  });
});

describe("what is said of an expression that cannot be used", () => {
  test.each([
    ["", "the expression is empty"],
    ["a.b.", "column 5: the expression ends where more is needed"],
    ["a[0", "column 4: the expression ends where more is needed; allowed is ]"],
    ["orders[?id == `1`", "column 18: the expression ends where more is needed; allowed is ]"],
    ["a..b", "column 3: found ., which cannot stand here"],
    ["a] b", "column 2: found ], which cannot stand here"],
    ["a.b c.d", "column 5: found c, which cannot stand here"],
    ["a # b", "column 3: found #, which means nothing here"],
    [`foo."bar`, `column 5: this " is never closed`],
    ["a == 'x", "column 6: this ' is never closed"],
    ["a == `1", "column 6: this ` is never closed"],
    ["a == `x` && b", "column 6: between ` and ` stands what is no JSON"],
    ["a = 'x'", "found = outside of let; to compare, write =="],
    ["a[1-2]", "column 3: found 1-2; allowed is a whole number, with spaces around what is taken from it"],
    ["b.sort_by(a)", "column 3: sort_by() takes 2 arguments; found 1"],
    ["merge()", "column 1: merge() takes 1 or more arguments; found 0"],
    ["let x in y", "column 5: found x, which cannot stand here"],
    ["a." + "a.".repeat(70) + "a", "it is nested too deeply; allowed are 64 levels"],
    ["(".repeat(1_999), "column 2000: the expression ends where more is needed"],
  ])("%s", (expression, words) => {
    expect(checkExpression(expression)).toBe(words);
  });

  test.each(["*", " * ", "a", "a.b[0]", "@", "let $x = a in b[?id == $x]", "a ? b : c", `"with space"."__proto__"`, "a - 1".replace("1", "`1`"), "sort_by(a, &b.c)[::-1]"])("nothing of one that can: %s", (expression) => {
    expect(checkExpression(expression)).toBeNull();
  });

  test("any text at all is judged, quickly", () => {
    const pieces = ["a", ".", "[", "]", "(", ")", "`", "'", '"', "\\", "&", "|", "!", "@", "*", "{", "}", ":", ",", "?", "let ", "$x", "-", "1", " ", "=", "é", "\u0000"];
    let state = 7;
    const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31);
    for (let round = 0; round < 3_000; round += 1) {
      const expression = Array.from({ length: 1 + (next() % 12) }, () => pieces[next() % pieces.length]).join("");
      const problem = checkExpression(expression);
      expect(problem === null || problem.length > 5).toBe(true);
      mapResponse({ a: [{ a: 1 }] }, { extract: expression, normalize: "flatten" });
    }
    for (const piece of pieces) expect(() => checkExpression(piece.repeat(2_000 / piece.length))).not.toThrow();
  });
});

describe("the body of a request", () => {
  const merging = { $input: "bot.payload", transform: "json_merge" };

  test("is none without a mapping", () => {
    expect(mapRequest({ a: 1 }, configWith())).toEqual({ ok: true, value: null });
  });

  test("is what the mapping says, word for word, without the payload's name in it", () => {
    const body = { query: "orders", filter: { open: true }, none: null };
    expect(mapRequest({ a: 1 }, configWith(body))).toEqual({ ok: true, value: body });
  });

  test("is the payload merged into the other keys", () => {
    const config = configWith({ ...merging, source: "bot", filter: { open: true, year: 2026 }, drop: 1 });
    expect(mapRequest({ order: 7, filter: { year: null }, drop: null }, config)).toEqual({ ok: true, value: { source: "bot", filter: { open: true }, order: 7 } });
    // The mapping is as it was.
    expect(mapRequest(null, config)).toEqual({ ok: true, value: { source: "bot", filter: { open: true, year: 2026 }, drop: 1 } });
  });

  test.each<JsonValue>([[1, 2], "text", 5, false])("is a payload that is no object as it is, where nothing else is there: %j", (payload) => {
    expect(mapRequest(payload, configWith(merging))).toEqual({ ok: true, value: payload });
    const refused = mapRequest(payload, configWith({ ...merging, source: "bot" }));
    expect(refused).toMatchObject({ ok: false, error: { path: "config.request_mapping.body.$input" } });
  });

  test("takes keys of the payload for keys", () => {
    const sent = mapRequest(json(`{"__proto__":{"admin":true},"$input":"x","transform":"y"}`), configWith(merging));
    expect(JSON.stringify(sent)).toBe(`{"ok":true,"value":{"__proto__":{"admin":true},"$input":"x","transform":"y"}}`);
  });

  test.each([
    [{ $input: "bot.other", transform: "json_merge" }, "config.request_mapping.body.$input"],
    [{ $input: 5, transform: "json_merge" }, "config.request_mapping.body.$input"],
    [{ $input: "bot.payload" }, "config.request_mapping.body.transform"],
    [{ $input: "bot.payload", transform: "concat" }, "config.request_mapping.body.transform"],
  ])("is a fault where the mapping asks for what there is not: %j", (body, path) => {
    expect(mapRequest({}, configWith(body))).toMatchObject({ ok: false, error: { path } });
  });

  test("is a fault where the payload is nested without end", () => {
    const payload = json('{"a":'.repeat(100_000) + "1" + "}".repeat(100_000));
    expect(mapRequest(payload, configWith(merging))).toMatchObject({ ok: false, error: { message: expect.stringContaining("nested more than 200 levels deep") as string } });
  });
});
