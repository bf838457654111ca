import { describe, expect, test } from "vitest";
import { buildRequest } from "../../electron/integrations/request.ts";
import { MASK, maskRequest, maskSecret } from "../../electron/integrations/request-masking.ts";
import { integrationDefinitionSchema, type JsonValue } from "../../shared/integration.ts";

function define(config: object) {
  return integrationDefinitionSchema.parse({ name: "Orders", bot_id: "bot-1", config: { url: "https://orders.test/v1?x=1#part", ...config } });
}

function built(config: object, body: JsonValue | null = null, secret: string | null = "s3cret-value") {
  const request = buildRequest(define(config), body, secret);
  if (!request.ok) throw new Error(request.error.detail);
  return request.value;
}

function fault(config: object, secret: string | null, body: JsonValue | null = null) {
  const request = buildRequest(define(config), body, secret);
  if (request.ok) throw new Error("it was built");
  return request.error;
}

describe("a request", () => {
  test("says what it carries and what it takes; the fragment stays here", () => {
    expect(built({ auth_type: "none", timeout_seconds: 7 }, { order: "A-1" }, null)).toEqual({
      method: "POST",
      url: "https://orders.test/v1?x=1",
      headers: { Accept: "application/json", "User-Agent": "callside", "Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br" },
      body: '{"order":"A-1"}',
      timeoutMs: 7_000,
      secret: null,
    });
    expect(built({ method: "GET" }).headers).not.toHaveProperty("Content-Type");
  });

  test.each([
    ["bearer", {}, "t0ken", "Authorization", "Bearer t0ken"],
    ["bearer", { auth_header_name: "X-Auth" }, "t0ken", "X-Auth", "Bearer t0ken"],
    ["api_key", { auth_header_name: "X-Api-Key" }, "k3y", "X-Api-Key", "k3y"],
    ["api_key", {}, "k3y", "Authorization", "k3y"],
    ["basic", {}, "anna:p:ss", "Authorization", `Basic ${btoa("anna:p:ss")}`],
    ["basic", {}, "änna:пароль", "Authorization", `Basic ${Buffer.from("änna:пароль").toString("base64")}`],
    ["basic", {}, "key:", "Authorization", `Basic ${btoa("key:")}`],
  ])("authenticates as %s %j", (auth_type, config, secret, name, value) => {
    expect(built({ auth_type, ...config }, null, secret).headers).toHaveProperty([name], value);
  });

  test("without authentication has no secret in it, even where one is given", () => {
    expect(JSON.stringify(built({ auth_type: "none" }))).not.toContain("s3cret");
  });

  test("takes the definition's headers in place of its own, each once, but not in place of the credential", () => {
    const { headers } = built({ headers: { accept: "application/vnd.orders+json", "X-Trace": " 1 ", AUTHORIZATION: "Bearer mine", "accept-encoding": "zstd" } });
    expect(headers).toEqual({ accept: "application/vnd.orders+json", "User-Agent": "callside", "X-Trace": "1", "Accept-Encoding": "gzip, deflate, br", Authorization: "Bearer s3cret-value" });
  });

  test.each(["Host", "content-length", "Transfer-Encoding", "connection"])("refuses the header %s, which is not a definition's to set", (name) => {
    expect(fault({ headers: { [name]: "x" } }, "s")).toMatchObject({ code: "invalid-input", detail: expect.stringContaining(`config.headers.${name}`) });
  });

  test("names a secret that is missing", () => {
    expect(fault({ secret: "ORDER_KEY" }, null)).toEqual({ kind: "refused", code: "no-secret", detail: "ORDER_KEY (auth_type bearer)" });
    expect(fault({ secret: "ORDER_KEY" }, "").code).toBe("no-secret");
  });

  test.each([
    ["bearer", "topsecret\r\nX-Evil: 1"],
    ["bearer", "topsecret\n"],
    ["bearer", " topsecret"],
    ["api_key", "topsecret\u0000"],
    ["api_key", "topsecret€"],
    ["basic", "topsecret"],
    ["basic", "topsecret:pass\nword"],
  ])("refuses a %s secret of bad form without repeating it (%j)", (auth_type, secret) => {
    const refused = fault({ auth_type, secret: "ORDER_KEY" }, secret);
    expect(refused).toMatchObject({ kind: "policy", code: "invalid-input", detail: expect.stringContaining("ORDER_KEY") });
    expect(refused.detail).not.toContain("topsecret");
  });

  test("refuses a body on GET, an address that is none, and credentials in it", () => {
    expect(fault({ method: "GET" }, "s", { a: 1 }).detail).toContain("config.request_mapping");
    expect(fault({ url: "orders" }, "s").detail).toContain("config.url");
    expect(fault({ url: "https://anna:topsecret@orders.test/" }, "s").detail).toContain("config.url");
    expect(fault({ url: "https://anna:topsecret@orders.test/" }, "s").detail).not.toContain("topsecret");
  });
});

describe("a request as it is shown", () => {
  test("hides the secret in address, headers and body, whatever form it has there", () => {
    const secret = 'p/ä"s+s word';
    const shown = maskRequest({
      method: "POST",
      url: `https://orders.test/?a=${encodeURIComponent(secret)}&b=${new URLSearchParams({ k: secret }).toString()}`,
      headers: { Authorization: `Bearer ${secret}`, "X-Copy": Buffer.from(secret).toString("base64"), "X-Url": Buffer.from(secret).toString("base64url"), "X-Plain": "kept" },
      body: JSON.stringify({ copy: secret, hex: Buffer.from(secret).toString("hex") }),
      timeoutMs: 1_000,
      secret,
    });
    expect(shown).toEqual({
      method: "POST",
      url: `https://orders.test/?a=${MASK}&b=k=${MASK}`,
      headers: [
        { name: "Authorization", value: `Bearer ${MASK}` },
        { name: "X-Copy", value: MASK },
        { name: "X-Url", value: MASK },
        { name: "X-Plain", value: "kept" },
      ],
      body: `{"copy":"${MASK}","hex":"${MASK}"}`,
    });
  });

  test("hides the password of a basic secret too, alone and encoded", () => {
    const request = built({ auth_type: "basic" }, null, "anna:hunter22");
    expect(maskRequest(request).headers).toContainEqual({ name: "Authorization", value: `Basic ${MASK}` });
    expect(maskSecret("anna:hunter22")("the password is hunter22")).toBe(`the password is ${MASK}`);
  });

  test.each(["", "x", "xy", "xyz"])("leaves nothing to decode where base64 begins with %j before the secret", (before) => {
    const secret = "a-long-secret-value";
    const masked = maskSecret(secret)(Buffer.from(`${before}${secret}!tail`).toString("base64"));
    expect(masked).toContain(MASK);
    for (const part of masked.split(MASK)) expect(Buffer.from(part, "base64").toString()).not.toMatch(/a-long|secret|value/);
  });

  test("hides nothing where there is no secret", () => {
    expect(maskSecret(null)("as it is")).toBe("as it is");
    expect(maskSecret("")("as it is")).toBe("as it is");
  });
});
