import { expect, test } from "vitest";
import { bridgeCredentials, credentials } from "../../electron/config/credentials.ts";

const cognigy = { COGNIGY_CLIENT_ID: "shared", COGNIGY_CLIENT_SECRET: "shared-secret" };

test("one pair serves all Cognigy systems", () => {
  for (const section of ["tunnel", "assist", "integrations", "simulations"] as const) {
    expect(credentials(cognigy, section)).toStrictEqual({ ok: true, value: { clientId: "shared", clientSecret: "shared-secret" } });
  }
});

test("a system's own variables come before the shared ones, each for itself", () => {
  const env = { ...cognigy, CALLSIDE_ASSIST_CLIENT_ID: "own" };
  expect(credentials(env, "assist")).toMatchObject({ value: { clientId: "own", clientSecret: "shared-secret" } });
  expect(credentials(env, "tunnel")).toMatchObject({ value: { clientId: "shared" } });
});

test("the bridge has a pair of its own", () => {
  expect(credentials(cognigy, "bridge")).toMatchObject({ ok: false });
  expect(credentials({ GENESYS_CLIENT_ID: "g", GENESYS_CLIENT_SECRET: "s" }, "bridge")).toMatchObject({ value: { clientId: "g" } });
});

test("the bridge needs the key of the bot's dialog endpoint too, and names all that is missing", () => {
  const genesys = { GENESYS_CLIENT_ID: "g", GENESYS_CLIENT_SECRET: "s" };
  expect(bridgeCredentials({ ...genesys, COGNIGY_API_KEY: "k" })).toStrictEqual({ ok: true, value: { clientId: "g", clientSecret: "s", dialogKey: "k" } });
  expect(bridgeCredentials({ ...genesys, COGNIGY_API_KEY: " " })).toMatchObject({
    error: { code: "no-credentials", detail: "no credentials for bridge: set COGNIGY_API_KEY in the environment" },
  });
  expect(bridgeCredentials({ ...cognigy, GENESYS_CLIENT_ID: "g-value" })).toMatchObject({
    error: { detail: "no credentials for bridge: set GENESYS_CLIENT_SECRET, and COGNIGY_API_KEY in the environment" },
  });
});

test("what is missing is named, what is there is not shown", () => {
  const missing = credentials({ COGNIGY_CLIENT_ID: "id-value", COGNIGY_CLIENT_SECRET: "" }, "assist");
  expect(missing).toStrictEqual({
    ok: false,
    error: {
      kind: "refused",
      code: "no-credentials",
      detail: "no credentials for assist: set CALLSIDE_ASSIST_CLIENT_SECRET or COGNIGY_CLIENT_SECRET in the environment",
    },
  });
});
