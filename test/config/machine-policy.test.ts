import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../electron/config/config-problem.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import { configLocks } from "../../electron/config/machine-locks.ts";
import { readPolicy } from "../../electron/config/machine-policy.ts";
import type { LooseValue, MachineReading } from "../../electron/config/machine-reading.ts";
import type { MachineRules } from "../../electron/config/machine-rules.ts";
import { practiceRules } from "../../electron/config/machine-rules.ts";
import { panelSettings } from "../../electron/config/panel-settings.ts";
import { settlePolicy } from "../../electron/config/machine-settle.ts";
import { lockAt } from "../../shared/lock-at.ts";

const ORIGIN = "/etc/callside/policy.json";
const text = (value: unknown, origin = ORIGIN): MachineReading => ({ kind: "text", origin, text: typeof value === "string" ? value : JSON.stringify(value) });
const policy = (settings: unknown, more: object = {}): MachineReading => text({ version: 1, settings, ...more });
const loose = (values: readonly LooseValue[], json: string | null = null): MachineReading => ({ kind: "values", origin: "HKLM", text: json, values });
const settled = (...readings: readonly MachineReading[]) => settlePolicy(readings.map(readPolicy), null);
const valuesOf = ({ rules }: MachineRules) => Object.fromEntries(rules.flatMap((rule) => (rule.kind === "set" ? [[rule.path.join("."), rule.value]] : [])));
const told = (...readings: readonly MachineReading[]) => settled(...readings).problems.map(formatProblem);

function load(machine: MachineRules, file: unknown = {}, more: { readonly env?: Readonly<Record<string, string>>; readonly flags?: Parameters<typeof loadConfig>[0]["flags"] } = {}) {
  const loaded = loadConfig({ file: { path: "/home/x/callside.config.json", text: JSON.stringify(file) }, env: {}, flags: [], machine, dataFolder: "/data", cwd: "/", ...more });
  if (!loaded.ok) throw new Error(loaded.error.map(formatProblem).join("\n"));
  return loaded.value;
}
const ASSIST = { orgDomain: "x.example" };
const BRIDGE = { orgId: "o1", dialogUrl: "https://bot.example/dialogs" };

describe("a policy", () => {
  test("comes before flag, environment and file, key by key", () => {
    const { rules } = settled(policy({ assist: { minConfidence: 0.9, orgDomain: "it.example" }, panel: { theme: "dark" } }));
    const flags = [{ path: ["assist", "minConfidence"], value: 0.1, source: "flag" as const, origin: "--set assist.minConfidence" }];
    const { config } = load(rules, { assist: { ...ASSIST, minConfidence: 0.2, maxSuggestions: 2 }, panel: { theme: "light" } }, { flags, env: { COGNIGY_ORG_DOMAIN: "env.example" } });
    expect(config.assist).toMatchObject({ minConfidence: 0.9, orgDomain: "it.example", maxSuggestions: 2 });
    expect(config.panel.theme).toBe("dark");
  });

  test("does not turn on a system that it does not give all of, and turns on one that it does", () => {
    const some = settled(policy({ assist: { minConfidence: 0.9 } })).rules;
    expect(load(some).config.assist).toBeUndefined();
    const all = settled(policy({ assist: { minConfidence: 0.9, orgDomain: "it.example" } })).rules;
    expect(load(all).config.assist).toMatchObject({ minConfidence: 0.9, streamUrl: "wss://it.example/api/v1/streaming/agentassist" });
  });

  test("sets the role, which needs to know the agent", () => {
    const { rules } = settled(policy({ panel: { role: "agent" } }));
    expect(load(rules, { assist: { ...ASSIST, agentId: "a1" }, panel: { role: "supervisor" } }).config.panel.role).toBe("agent");
    const waiting = load(rules, { assist: { ...ASSIST, prohibitedPhrases: ["our own"] }, bridge: BRIDGE });
    expect(waiting.config).toMatchObject({ panel: { role: "agent" }, assist: undefined, bridge: {}, phrases: { prohibited: ["our own"] } });
    expect(waiting.agentWanted).toStrictEqual({
      path: "assist.agentId",
      found: "nothing",
      allowed: "the id of the agent at this desk, because IT has set panel.role to agent; agent assist is off until it is given",
      source: "machine",
      origin: ORIGIN,
    });
    // A person's own role is a person's own mistake.
    expect(() => load(settled(policy({ panel: { theme: "dark" } })).rules, { assist: ASSIST, panel: { role: "agent" } })).toThrow(/^assist\.agentId \(.*config\.json.*\): .*panel\.role is agent$/);
  });

  test("gives a reason for all, for a section, or for a key", () => {
    const all = settled(policy({ assist: { minConfidence: 0.9 } }, { reason: " Ask IT. " }));
    expect(all.rules.rules).toMatchObject([{ reason: "Ask IT." }]);
    const each = settled(policy({ assist: { minConfidence: 0.9, maxSuggestions: 2 }, panel: { quiet: true } }, { reason: { assist: "Compliance", "assist.maxSuggestions": "Less is more" } }));
    expect(each.rules.rules.map(({ reason }) => reason)).toStrictEqual(["Compliance", "Less is more", ""]);
  });

  test("of two places, the first decides a key", () => {
    const { rules } = settled(text({ version: 1, settings: { panel: { quiet: true } } }, "machine"), text({ version: 1, settings: { panel: { quiet: false, theme: "dark" } } }, "user"));
    expect(valuesOf(rules)).toStrictEqual({ "panel.quiet": true, "panel.theme": "dark" });
  });

  test("that is nowhere sets nothing", () => {
    expect(settled({ kind: "absent", origin: ORIGIN }, loose([]))).toMatchObject({ rules: { rules: [], unknown: null }, problems: [] });
  });
});

describe("single values, as a registry has them", () => {
  test("mean what the configuration's schema takes", () => {
    const { rules, problems } = settled(
      loose([
        { path: ["assist", "minConfidence"], value: "0.9" },
        { path: ["assist", "enableKeywordTrigger"], value: 0 },
        { path: ["assist", "prohibitedPhrases"], value: ["sue", "größer"] },
        { path: ["assist", "keywords", "10"], value: "last" },
        { path: ["assist", "keywords", "2"], value: "first" },
        { path: ["assist", "agentId"], value: "7" },
        { path: ["desktop", "shortcuts", "quiet"], value: "null" },
        { path: ["history", "retentionDays"], value: 14 },
        { path: ["reason", "assist"], value: "Compliance" },
        { path: ["version"], value: 1 },
      ]),
    );
    expect(problems).toStrictEqual([]);
    expect(valuesOf(rules)).toStrictEqual({
      "assist.minConfidence": 0.9,
      "assist.enableKeywordTrigger": false,
      "assist.prohibitedPhrases": ["sue", "größer"],
      "assist.keywords": ["first", "last"],
      "assist.agentId": "7",
      "desktop.shortcuts.quiet": null,
      "history.retentionDays": 14,
    });
    expect(rules.rules[0]).toMatchObject({ reason: "Compliance" });
  });

  test("and JSON beside them are one policy; where they differ, that is told and neither is taken", () => {
    const json = JSON.stringify({ version: 1, settings: { panel: { quiet: true, theme: "dark" } } });
    const { rules, problems } = settled(loose([{ path: ["panel", "quiet"], value: 0 }, { path: ["panel", "theme"], value: "dark" }], json));
    expect(valuesOf(rules)).toStrictEqual({ "panel.theme": "dark" });
    expect(rules.rules).toContainEqual(expect.objectContaining({ kind: "locked", path: ["panel", "quiet"] }));
    expect(problems.map(formatProblem)).toStrictEqual(["panel.quiet (HKLM): found two different values; allowed: one value for each key"]);
  });

  test("of a newer form are not taken", () => {
    expect(told(loose([{ path: ["version"], value: 2 }, { path: ["panel", "quiet"], value: 1 }]))).toStrictEqual(["version (HKLM): found 2, which is newer than this program; allowed: 1"]);
  });
});

describe("a policy with mistakes", () => {
  test.each([
    ["no JSON", '{"version": 1,\n "settings": }', /policy\.json:2:14\): found the character }; allowed: a value/],
    ["a newer form", { version: 3, settings: {} }, /^version \(.*:1:2\): found 3, which is newer than this program; allowed: 1$/],
    ["no version", { settings: { panel: { quiet: true } } }, /^version \(.*\): found nothing; allowed: 1$/],
    ["no settings", { version: 1 }, /^settings \(.*\): found nothing; allowed: an object/],
    ["a list", [], /found a list of 0 entries; allowed: an object/],
  ])("%s: nothing of it is taken, and it is told", (_case, value, words) => {
    const outcome = settled(text(value));
    expect(outcome.problems).toHaveLength(1);
    expect(outcome.problems.map(formatProblem)[0]).toMatch(words);
    expect(outcome.rules).toStrictEqual({ rules: [], unknown: ORIGIN });
  });

  test.each([
    ["a value out of bounds", { assist: { minConfidence: 7 } }, /^assist\.minConfidence \(.*:1:\d+\): found 7; allowed: a number from 0 to 1$/],
    ["an unknown key", { assist: { minConfidense: 0.7 } }, /^assist\.minConfidense \(.*\): found an unknown key; allowed: did you mean assist\.minConfidence\?/],
    ["an unknown section", { asist: { minConfidence: 0.7, maxSuggestions: 2 } }, /^asist.* \(.*\): found an unknown key/],
    ["a section without keys", { assist: {} }, /^assist \(.*\): found an object without keys/],
    ["a section that is none", { assist: 5 }, /^assist \(.*\): found 5/],
    ["the schema's name as a key", { $schema: "x" }, /\$schema/],
    ["a relative path", { audit: { directory: "audit" } }, /found "audit"; allowed: an absolute path/],
    ["plain http", { assist: { apiUrl: "http://x.example" } }, /assist\.apiUrl .*allowed: an address that begins with https/],
  ])("%s leaves the other keys in force", (_case, wrong, words) => {
    const outcome = settled(policy({ ...wrong, panel: { quiet: true } }));
    expect(outcome.problems.map(formatProblem)).toStrictEqual([expect.stringMatching(words)]);
    expect(valuesOf(outcome.rules)).toStrictEqual({ "panel.quiet": true });
  });

  test("a reason for a key that is not set is told, and costs no rule", () => {
    const outcome = settled(policy({ panel: { quiet: true } }, { reason: { "panel.theme": "Corporate look", panel: 5 }, owner: "me" }));
    expect(outcome.problems.map(({ path, found }) => [path, found])).toStrictEqual([
      ["owner", "an unknown key"],
      ["reason.panel.theme", "a reason for a key that is not set"],
      ["reason.panel", "5"],
    ]);
    expect(valuesOf(outcome.rules)).toStrictEqual({ "panel.quiet": true });
  });

  test("what looks like a secret is not repeated", () => {
    expect(told(policy({ tunnel: { tenant: "sk_live_0123456789abcdefghijkl" } })).join()).not.toContain("0123456789");
  });
});

describe("what cannot be read does not loosen anything", () => {
  const good = settled(policy({ assist: { minConfidence: 0.9, maxSuggestions: 2 } }, { reason: "Compliance" }));
  const kept = { keptAt: 5, rules: good.keep };
  const again = (reading: MachineReading) => settlePolicy([readPolicy(reading)], kept);

  test.each([
    ["broken", text("{")],
    ["newer", text({ version: 2, settings: {} })],
    ["unreadable", { kind: "unreadable" as const, origin: ORIGIN, found: "a file that belongs to user 1000", allowed: "root" }],
  ])("the last good values of a policy that is %s hold", (_case, reading) => {
    const outcome = again(reading);
    expect(outcome).toMatchObject({ isOld: true, problems: [{}], rules: { unknown: null, rules: good.rules.rules } });
    expect(outcome.keep).toStrictEqual(good.keep);
  });

  test("of a key that is refused, its last good value holds, while the others follow the policy", () => {
    const outcome = again(policy({ assist: { minConfidence: "high", maxSuggestions: 1 } }));
    expect(valuesOf(outcome.rules)).toStrictEqual({ "assist.minConfidence": 0.9, "assist.maxSuggestions": 1 });
    expect(outcome.isOld).toBe(true);
  });

  test("a policy that is gone is taken back", () => {
    expect(again({ kind: "absent", origin: ORIGIN })).toMatchObject({ rules: { rules: [], unknown: null }, keep: [], isOld: false });
  });

  test("what was kept from another place does not stand in for this one", () => {
    expect(settlePolicy([readPolicy(text("{", "elsewhere"))], kept).rules).toStrictEqual({ rules: [], unknown: "elsewhere" });
  });

  test("with nothing kept, what may be shown and kept is no looser than built in; what is stricter stays", () => {
    const { rules } = settled(text("{"));
    const lax = load(rules, { assist: { ...ASSIST, prohibitedPhrases: [], minConfidence: 0.1, maxSuggestions: 9 }, history: { mask: false } });
    expect(lax.config.assist).toMatchObject({ minConfidence: 0.75, maxSuggestions: 3, prohibitedPhrases: ["guarantee full refund", "legal action", "sue the company"] });
    expect(lax.config.history?.mask).toBe(true);
    const strict = load(rules, { assist: { ...ASSIST, prohibitedPhrases: ["our own"], minConfidence: 0.9, maxSuggestions: 1 } });
    expect(strict.config.assist).toMatchObject({ minConfidence: 0.9, maxSuggestions: 1, prohibitedPhrases: ["our own", "guarantee full refund", "legal action", "sue the company"] });
    expect(strict.config.history).toBeUndefined();
    expect(load(rules).config.assist).toBeUndefined();
    expect(configLocks(lax.overrides, rules).map(({ path, by }) => [path, by])).toStrictEqual([
      ["assist.maxSuggestions", "machine"],
      ["assist.minConfidence", "machine"],
      ["assist.prohibitedPhrases", "machine"],
      ["history.mask", "machine"],
    ]);
  });

  test("a key whose value is refused and was never known is locked as it stands", () => {
    const { rules } = settled(policy({ panel: { cardsPerMinute: "many" } }, { reason: "Ask IT" }));
    const { config, overrides } = load(rules, { panel: { cardsPerMinute: 7 } });
    expect(config.panel.cardsPerMinute).toBe(7);
    expect(configLocks(overrides, rules)).toContainEqual({ path: "panel.cardsPerMinute", by: "machine", reason: "Ask IT" });
  });
});

describe("locks", () => {
  const flags = [{ path: ["panel", "theme"], value: "dark", source: "flag" as const, origin: "--set panel.theme" }];
  const { rules } = settled(policy({ assist: { orgDomain: "it.example" }, desktop: { shortcuts: { quiet: null } } }, { reason: "Ask IT" }));
  const { overrides } = load(rules, {}, { flags, env: { COGNIGY_ORG_DOMAIN: "x.example", COGNIGY_CLIENT_ID: "i", COGNIGY_CLIENT_SECRET: "s" } });
  const locks = configLocks(overrides, rules);

  test("tell who holds a key, IT before flag and environment", () => {
    expect(locks).toStrictEqual([
      ...["apiUrl", "orgDomain", "streamUrl", "tokenUrl"].map((key) => ({ path: `assist.${key}`, by: "machine", reason: "Ask IT" })),
      { path: "desktop.shortcuts.quiet", by: "machine", reason: "Ask IT" },
      { path: "panel.theme", by: "flag", reason: "--set panel.theme" },
    ]);
  });

  test.each([
    ["panel.theme", "panel.theme"],
    ["desktop.shortcuts.quiet", "desktop.shortcuts.quiet"],
    ["desktop.shortcuts", "desktop.shortcuts.quiet"],
    ["desktop.shortcuts.show", undefined],
    ["panel.themes", undefined],
  ])("%s is held by %s", (path, by) => {
    expect(lockAt(locks, path)?.path).toBe(by);
  });
});

test("of a key that is held as a whole, no part is told once more as held by a flag", () => {
  const phraseList = { url: "https://it.example/list", publicKey: generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).toString("base64") };
  const held = settled(policy({ assist: { phraseList } }, { reason: "Ask IT" })).rules;
  const given = [{ path: ["assist", "phraseList", "url"], value: "https://mine.example/list", source: "flag" as const, origin: "--set assist.phraseList.url" }];
  const { config, overrides: all } = load(held, { assist: ASSIST }, { flags: given });
  expect(config.phrases.list?.url).toBe("https://it.example/list");
  expect(configLocks(all, held)).toStrictEqual([{ path: "assist.phraseList", by: "machine", reason: "Ask IT" }]);
});

describe("the phrases of IT", () => {
  const { rules } = settled(policy({ assist: { prohibitedPhrases: ["free of charge"] } }));

  test.each([
    ["beside agent assist", { assist: { ...ASSIST, prohibitedPhrases: [] }, bridge: BRIDGE }],
    ["without it", { bridge: BRIDGE }],
    ["without anything", {}],
  ])("hold %s", (_case, file) => {
    expect(load(rules, file).config.phrases.prohibited).toStrictEqual(["free of charge"]);
  });

  test("are shown where agent assist is off", () => {
    expect(panelSettings(load(rules, {}).config, "live").policy.prohibitedPhrases).toStrictEqual(["free of charge"]);
  });

  test("that nobody has set are those that are built in", () => {
    expect(load(settled().rules, { bridge: BRIDGE }).config.phrases.prohibited).toStrictEqual(["guarantee full refund", "legal action", "sue the company"]);
  });
});

describe("keys that are wrong together", () => {
  const url = "https://updates.example";

  test("leave all others in force, and are told as IT's, with the policy's place and what does not hold", () => {
    const { config, contradictions } = load(settled(policy({ updates: { url, checkHours: 24 }, assist: { minConfidence: 0.9 } })).rules, { assist: ASSIST });
    expect(config.assist?.minConfidence).toBe(0.9);
    expect(config.updates).toBeUndefined();
    expect(contradictions.map(formatProblem)).toStrictEqual([
      expect.stringMatching(/^updates\.publicKey \(\/etc\/callside\/policy\.json\): found nothing; allowed: the 32 bytes .*; without effect until then: updates\.url, updates\.checkHours$/),
    ]);
  });

  test("lose no more than what makes them wrong", () => {
    const { config, contradictions } = load(settled(policy({ bridge: { scope: "agent", prohibitedPhrases: ["never"], concurrency: 3 } })).rules, { bridge: { ...BRIDGE, scope: "organisation" } });
    expect(config.bridge).toMatchObject({ scope: "organisation", prohibitedPhrases: ["never"], concurrency: 3 });
    expect(contradictions.map(formatProblem)).toStrictEqual([expect.stringMatching(/^bridge\.agentId \(\/etc.*without effect until then: bridge\.scope$/)]);
  });

  test("hold where the person gives what they lack", () => {
    const { config, contradictions } = load(settled(policy({ bridge: { scope: "agent" } })).rules, { bridge: { ...BRIDGE, agentId: "a1" } });
    expect([config.bridge?.scope, contradictions]).toStrictEqual(["agent", []]);
  });

  test("do not hide what the person's own file has wrong", () => {
    expect(() => load(settled(policy({ updates: { url }, bridge: { scope: "agent" } })).rules, { bridge: { orgId: "o1" } })).toThrow(/^bridge\.dialogUrl \(\/home\/x\/callside\.config\.json.*\): found nothing/);
  });
});

describe("the addresses that follow from a domain of IT", () => {
  const mine = { tokenUrl: "https://mine.example/t", apiUrl: "https://mine.example/a", streamUrl: "wss://mine.example/s" };

  test("are IT's too", () => {
    const { rules } = settled(policy({ assist: { orgDomain: "it.example" } }));
    expect(load(rules, { assist: mine }).config.assist).toMatchObject({
      tokenUrl: "https://it.example/api/v1/oauth/token",
      apiUrl: "https://it.example/api/v1",
      streamUrl: "wss://it.example/api/v1/streaming/agentassist",
    });
  });

  test("are left to IT's own word on them", () => {
    const { rules } = settled(policy({ assist: { orgDomain: "it.example", apiUrl: "https://api.it.example" } }));
    expect(load(rules, { assist: mine }).config.assist).toMatchObject({ apiUrl: "https://api.it.example", tokenUrl: "https://it.example/api/v1/oauth/token" });
  });

  test.each([
    ["bridge", { region: "mypurecloud.ie" }, BRIDGE, { tokenUrl: "https://login.mypurecloud.ie/oauth/token", socketUrl: "wss://api.mypurecloud.ie/api/v2/platformdata/events", apiUrl: "https://api.mypurecloud.ie" }],
    ["tunnel", { tenant: "it" }, { botId: "b1" }, { socketUrl: "wss://it.cognigy.com/runtime" }],
    ["integrations", { tenantUrl: "https://it.example" }, {}, { tokenUrl: "https://it.example/api/v1/auth/oauth/token", apiUrl: "https://it.example/api/v1" }],
    ["simulations", { environment: "it.example" }, {}, { tokenUrl: "https://it.example/api/oauth/token", apiUrl: "https://it.example/api/bot" }],
  ])("of %s as well", (section, set, needed, expected) => {
    const own = Object.fromEntries(Object.keys(expected).map((key) => [key, `${key === "socketUrl" ? "wss" : "https"}://mine.example`]));
    const { rules } = settled(policy({ [section]: set }));
    expect(load(rules, { [section]: { ...needed, ...own } }).config).toMatchObject({ [section]: expected });
  });

  test("are locked as they stand with a domain that cannot be taken", () => {
    const { rules } = settled(policy({ assist: { orgDomain: "https://it.example" } }));
    const { config, overrides } = load(rules, { assist: { orgDomain: "x.example" } });
    expect(config.assist?.apiUrl).toBe("https://x.example/api/v1");
    expect(configLocks(overrides, rules).map(({ path }) => path)).toEqual(expect.arrayContaining(["assist.apiUrl", "assist.orgDomain", "assist.streamUrl", "assist.tokenUrl"]));
  });

  test("are not kept as if they stood in the policy", () => {
    expect(settled(policy({ assist: { orgDomain: "it.example" } })).keep.map(({ path }) => path.join("."))).toStrictEqual(["assist.orgDomain"]);
  });
});

test("practice takes what may be shown and how the panel looks, and nothing that leads to a platform", () => {
  const { rules } = settled(policy({ assist: { orgDomain: "it.example", minConfidence: 0.9, keywords: ["x"] }, panel: { theme: "dark" }, network: { proxy: "http://proxy:8080" } }));
  expect(valuesOf(practiceRules(rules))).toStrictEqual({ "assist.minConfidence": 0.9, "panel.theme": "dark" });
});
