import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesOf, formOf, mendField, mendSecret, problemsOf, wholeForm } from "../../electron/app/setup-form.ts";
import { keyOfFault } from "../../electron/app/setup-fault-key.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import type { SetupForm } from "../../shared/setup.ts";
import { setupFields, setupSystems } from "../../shared/setup-fields.ts";

function form(system: SetupForm["system"], values: Readonly<Record<string, string>>): SetupForm {
  return wholeForm({ system, fields: Object.entries(values).map(([key, value]) => ({ key, value })) });
}

describe("a secret as it was meant", () => {
  it.each([
    ["  abc-123 ", "abc-123"],
    ["abc-123\r\n", "abc-123"],
    ["abc-\n123", "abc-123"],
    ["\ufeffabc\u200b-123\u00a0", "abc-123"],
    ['"abc-123"', "abc-123"],
    ["COGNIGY_CLIENT_SECRET=abc-123", "abc-123"],
    ["COGNIGY_CLIENT_SECRET='abc-123'\n", "abc-123"],
    ['ab"c', 'ab"c'],
    ["OTHER=abc", "OTHER=abc"],
    [" \n\t", ""],
  ])("takes %j for %j", (typed, meant) => {
    expect(mendSecret("COGNIGY_CLIENT_SECRET", typed)).toBe(meant);
  });

  it("leaves every printable secret as it is, however it was wrapped", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,80}$/u);
    fc.assert(
      fc.property(secret, fc.stringMatching(/^[ \t\r\n]{0,4}$/u), fc.nat(80), (value, blank, at) => {
        expect(mendSecret("GENESYS_CLIENT_ID", `${blank}${value.slice(0, at)}${blank}${value.slice(at)}${blank}`)).toBe(value);
      }),
    );
  });
});

describe("a field as the configuration takes it", () => {
  it.each([
    ["orgDomain", " https://your-org.cognigy.ai/login?x=1 ", "your-org.cognigy.ai"],
    ["orgDomain", "your-org.cognigy.ai", "your-org.cognigy.ai"],
    ["orgDomain", "https://", "https://"],
    ["region", "https://mypurecloud.de", "mypurecloud.de"],
    ["tenant", "https://your-tenant.cognigy.com/runtime", "your-tenant"],
    ["tenant", "your-tenant.cognigy.com", "your-tenant"],
    ["tenant", "your-tenant", "your-tenant"],
    ["tenantUrl", " https://t.cognigy.ai/\n", "https://t.cognigy.ai/"],
    ["agentId", "agent 7", "agent 7"],
  ])("takes %s %j for %j", (key, typed, meant) => {
    expect(mendField(key, typed)).toBe(meant);
  });
});

describe("what saving would change", () => {
  const none = new Set<string>();

  it("writes only what differs from the file, and takes away what was emptied", () => {
    const written = { orgDomain: "a.example", agentId: "7", keywords: ["refund"] };
    expect(changesOf(formOf("assist", written), written, none)).toEqual([]);
    expect(changesOf(form("assist", { orgDomain: "https://b.example/", agentId: " " }), written, none)).toEqual([
      { path: ["assist", "orgDomain"], value: "b.example" },
      { path: ["assist", "agentId"], value: undefined },
    ]);
  });

  it("leaves alone what is decided elsewhere", () => {
    expect(changesOf(form("assist", { orgDomain: "b.example" }), { orgDomain: "a.example" }, new Set(["orgDomain"]))).toEqual([]);
  });

  it("makes a section that has nothing but defaults", () => {
    expect(changesOf(form("simulations", {}), undefined, none)).toEqual([{ path: ["simulations"], value: {} }]);
    expect(changesOf(form("simulations", {}), {}, none)).toEqual([]);
  });

  it("drops fields that the form does not have", () => {
    expect(form("integrations", { tenantUrl: "https://a.example", keywords: "x", __proto__: "y" }).fields.map(({ key }) => key)).toEqual(["tenantUrl", "tokenUrl", "apiUrl"]);
  });
});

it("tells a problem at its field, and one of elsewhere as the whole form's with its place", () => {
  const problem = { found: "nothing", allowed: "a value" };
  expect(problemsOf("tunnel", [{ path: "tunnel.botId", ...problem }, { path: "assist.minConfidence", ...problem }, { path: "", ...problem }])).toEqual([
    { kind: "missing", key: "botId" },
    { kind: "elsewhere", found: "assist.minConfidence: nothing", allowed: "a value" },
    { kind: "elsewhere", ...problem },
  ]);
  expect(problemsOf("assist", [{ path: "assist.orgDomain", found: '"a b"', allowed: "a host name" }])).toEqual([{ kind: "wrong", key: "orgDomain" }]);
});

describe("the field that a fault concerns", () => {
  const fault = (code: FaultCode, detail = ""): Fault => ({ kind: "refused", code, detail });
  const filled = form("assist", { orgDomain: "https://org.example", tokenUrl: "https://login.elsewhere.example/token" });

  it.each([
    [filled, "name", "org.example", fault("unknown-host"), "orgDomain"],
    [filled, "reach", "org.example:443", fault("network"), "orgDomain"],
    [filled, "certificate", "login.elsewhere.example:443", fault("certificate"), "tokenUrl"],
    [filled, "reach", "org.example:443", fault("network", "the proxy p:8080 answered 407"), null],
    [filled, "token", "org.example:443", fault("credentials"), "COGNIGY_CLIENT_SECRET"],
    [filled, "token", "org.example:443", fault("no-credentials", "set COGNIGY_CLIENT_ID in the environment"), "COGNIGY_CLIENT_ID"],
    [filled, "token", "org.example:443", fault("not-found"), "orgDomain"],
    [filled, "token", "org.example:443", fault("server-error"), null],
    [filled, "scope", "org.example:443", fault("missing-scope"), null],
    [filled, "connection", null, fault("not-found"), "orgDomain"],
    [form("tunnel", { tenant: "acme", botId: "b" }), "name", "acme.cognigy.com", fault("unknown-host"), "tenant"],
    [form("tunnel", { tenant: "acme", botId: "b" }), "name", "api.cognigy.com", fault("unknown-host"), null],
    [form("tunnel", { tenant: "acme", botId: "b" }), "connection", null, fault("bot-inactive"), "botId"],
    [form("tunnel", { tenant: "acme", botId: "b" }), "connection", null, fault("channel-missing"), "channel"],
    [form("bridge", { region: "mypurecloud.de", dialogUrl: "https://bot.example/x" }), "name", "login.mypurecloud.de", fault("unknown-host"), "region"],
    [form("bridge", { region: "mypurecloud.de", dialogUrl: "https://bot.example/x" }), "reach", "bot.example:443", fault("network"), "dialogUrl"],
    [form("bridge", { orgId: "o" }), "token", "login.mypurecloud.com:443", fault("bad-request"), "orgId"],
    [form("bridge", { orgId: "o" }), "token", "login.mypurecloud.com:443", fault("credentials"), "GENESYS_CLIENT_SECRET"],
    [form("simulations", {}), "name", "api.cognigy.com", fault("unknown-host"), null],
  ] as const)("of %j at %s of %s", (of, step, target, given, key) => {
    expect(keyOfFault(of, { step, target, fault: given })).toBe(key);
  });

  it("is one that the form has, or a secret, whatever fails", () => {
    for (const system of setupSystems) {
      for (const code of ["not-found", "credentials", "forbidden", "bad-request", "bot-inactive", "unknown-host"] as const) {
        for (const step of ["name", "token", "scope", "connection"] as const) {
          const key = keyOfFault(form(system, {}), { step, target: null, fault: fault(code) });
          if (key !== null && !/^[A-Z_]+$/u.test(key)) expect(setupFields[system].map((field) => field.key)).toContain(key);
        }
      }
    }
  });
});
