import { expect, test } from "vitest";
import { askToken, bearer, practice, subscribe, suggest } from "./sandbox-client.ts";

test("issues a JWT-shaped token whose exp agrees with expires_in", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const { status, body } = await askToken(sandbox);
  expect(status).toBe(200);
  const token = String(body["access_token"]);
  expect(token).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { exp: number };
  expect(claims.exp).toBe(Math.floor(clock.now() / 1000) + Number(body["expires_in"]));
  expect(body["scope"]).toBe("agentassist:read dialog:read analytics:write streaming:subscribe");
});

test.each([
  [{ grant_type: "password" }, 400, "unsupported_grant_type"],
  [{ client_id: "somebody" }, 401, "invalid_client"],
  [{ client_secret: "guessed" }, 401, "invalid_client"],
  [{ scope: "agentassist:read bot:fly" }, 400, "invalid_scope"],
])("refuses %o with %i %s", async (change, status, error) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await askToken(sandbox, change);
  expect(refused.status).toBe(status);
  expect(refused.body["error"]).toBe(error);
  expect(JSON.stringify(refused.body)).not.toContain(sandbox.env().COGNIGY_CLIENT_SECRET);
});

test("takes a form only", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const response = await fetch(sandbox.config().assist.tokenUrl, { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
  expect(response.status).toBe(400);
});

test("credentials look like practice ones and differ from start to start", async () => {
  const one = await practice();
  const other = await practice({ random: () => 0.5 });
  await using _ = one.sandbox;
  await using __ = other.sandbox;
  expect(one.sandbox.env().COGNIGY_CLIENT_SECRET).toMatch(/^practice-secret-[a-z2-9]{24}$/);
  expect(one.sandbox.env().COGNIGY_CLIENT_SECRET).not.toBe(other.sandbox.env().COGNIGY_CLIENT_SECRET);
});

test("every call wants a token that is known, alive and has the scope", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  expect((await suggest(sandbox, "refund", "")).status).toBe(401);
  expect((await suggest(sandbox, "refund", "Bearer eyJmYWtl.eyJmYWtl.c2ln")).status).toBe(401);
  const narrow = `Bearer ${String((await askToken(sandbox, { scope: "streaming:subscribe" })).body["access_token"])}`;
  const refused = await suggest(sandbox, "refund", narrow);
  expect(refused.status).toBe(403);
  expect(refused.body["message"]).toContain("agentassist:read");
  const good = await bearer(sandbox);
  expect((await suggest(sandbox, "refund", good)).status).toBe(200);
  await clock.advance(3_599_000);
  expect((await suggest(sandbox, "refund", good)).status).toBe(200);
  await clock.advance(1_000);
  expect((await suggest(sandbox, "refund", good)).status).toBe(401);
  expect((await suggest(sandbox, "refund", await bearer(sandbox))).status).toBe(200);
});

test("tampering with a token's claims makes it unknown", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const [head, , signature] = (await bearer(sandbox)).split(".");
  const claims = Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url");
  expect((await suggest(sandbox, "refund", `${String(head)}.${claims}.${String(signature)}`)).status).toBe(401);
});

test("expired-tokens: those issued so far (now), all (on), or a short life (seconds)", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const before = await bearer(sandbox);
  sandbox.setFault("expired-tokens", "now");
  expect((await suggest(sandbox, "refund", before)).status).toBe(401);
  expect((await suggest(sandbox, "refund", await bearer(sandbox))).status).toBe(200);
  sandbox.setFault("expired-tokens", "on");
  expect((await suggest(sandbox, "refund", await bearer(sandbox))).status).toBe(401);
  sandbox.setFault("expired-tokens", 30);
  const short = await askToken(sandbox);
  expect(short.body["expires_in"]).toBe(30);
  const header = `Bearer ${String(short.body["access_token"])}`;
  expect((await suggest(sandbox, "refund", header)).status).toBe(200);
  await clock.advance(30_000);
  expect((await suggest(sandbox, "refund", header)).status).toBe(401);
});

test.each(["400", "401", "403", "429", "500"])("refuse-token=%s", async (status) => {
  const { sandbox } = await practice({ faults: [{ name: "refuse-token", value: status }] });
  await using _ = sandbox;
  const refused = await askToken(sandbox);
  expect(refused.status).toBe(Number(status));
  expect(refused.headers.has("retry-after")).toBe(status === "429");
  sandbox.setFault("refuse-token", null);
  expect((await askToken(sandbox)).status).toBe(200);
});

test("missing-scope: the reply names what was granted, and what needs the scope is refused", async () => {
  const { sandbox } = await practice({ faults: [{ name: "missing-scope", value: "streaming:subscribe" }] });
  await using _ = sandbox;
  const { body } = await askToken(sandbox);
  expect(String(body["scope"]).split(" ")).toEqual(["agentassist:read", "dialog:read", "analytics:write"]);
  const header = `Bearer ${String(body["access_token"])}`;
  await expect(subscribe(sandbox, header)).rejects.toThrow("HTTP 403");
  expect((await suggest(sandbox, "refund", header)).status).toBe(200);
});
