import { describe, expect, test } from "vitest";
import type { ConfigProblem } from "../../electron/config/config-problem.ts";
import { formatProblem } from "../../electron/config/config-problem.ts";
import { flagOverrides } from "../../electron/config/config-flags.ts";
import type { LoadedConfig } from "../../electron/config/load-config.ts";
import { loadConfig } from "../../electron/config/load-config.ts";

const DATA = "/home/ada/.local/share/callside";

interface Given {
  readonly file?: unknown;
  readonly text?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly sets?: readonly string[];
}

function load({ file, text, env = {}, sets = [] }: Given) {
  const flags = flagOverrides(sets);
  if (!flags.ok) return flags;
  const written = text ?? (file === undefined ? null : JSON.stringify(file));
  return loadConfig({
    file: written === null ? null : { path: "/etc/callside/callside.config.json", text: written },
    env,
    flags: flags.value,
    dataFolder: DATA,
    cwd: "/home/ada/desk",
  });
}

function configOf(given: Given): LoadedConfig["config"] {
  const loaded = load(given);
  if (!loaded.ok) throw new Error(loaded.error.map(formatProblem).join("\n"));
  return loaded.value.config;
}

function problemsOf(given: Given): readonly ConfigProblem[] {
  const loaded = load(given);
  if (loaded.ok) throw new Error("was accepted");
  return loaded.error;
}

const paths = (problems: readonly ConfigProblem[]): readonly string[] => problems.map((problem) => problem.path);

describe("what a configuration becomes", () => {
  test("nothing at all: every section off, the panel with its defaults", () => {
    expect(configOf({})).toMatchObject({
      assist: undefined,
      tunnel: undefined,
      audit: undefined,
      network: {},
      panel: { role: "supervisor", cardsPerMinute: 4, quiet: false, theme: "system", language: "system" },
    });
  });

  test("the defaults of agent assist are those of the contract", () => {
    expect(configOf({ file: { assist: { orgDomain: "your-org.cognigy.ai" } } }).assist).toStrictEqual({
      orgDomain: "your-org.cognigy.ai",
      tokenUrl: "https://your-org.cognigy.ai/api/v1/oauth/token",
      apiUrl: "https://your-org.cognigy.ai/api/v1",
      streamUrl: "wss://your-org.cognigy.ai/api/v1/streaming/agentassist",
      keywords: ["refund", "cancel", "complaint", "escalate"],
      sentimentThreshold: -0.4,
      enableKeywordTrigger: true,
      enableSentimentTrigger: true,
      minConfidence: 0.75,
      maxSuggestions: 3,
      prohibitedPhrases: ["guarantee full refund", "legal action", "sue the company"],
      refreshIntervalMs: 2000,
      requestTimeoutMs: 5000,
      fallbackAfterMs: 2000,
      triggerOn: "customer",
      language: "en",
      cache: { maxEntries: 500, ttlSeconds: 120, scope: "interaction", contextKeys: [] },
      fallback: [
        { text: "I understand your concern. Let me connect you with a specialist.", confidence: 0.85 },
        { text: "Would you like me to explain our resolution options?", confidence: 0.8 },
      ],
    });
  });

  test("addresses follow from tenant, region, tenant address and environment", () => {
    const config = configOf({
      file: {
        tunnel: { tenant: "acme", botId: "b1" },
        bridge: { region: "mypurecloud.de", orgId: "o1", dialogUrl: "https://bot.example/api/v2/dialogs/start" },
        integrations: { tenantUrl: "https://acme.example/" },
        simulations: {},
      },
    });
    expect(config.tunnel).toMatchObject({
      socketUrl: "wss://acme.cognigy.com/runtime",
      tokenUrl: "https://api.cognigy.com/oauth/token",
      apiUrl: "https://api.cognigy.com/api/v1",
    });
    expect(config.bridge).toMatchObject({
      tokenUrl: "https://login.mypurecloud.de/oauth/token",
      apiUrl: "https://api.mypurecloud.de",
      socketUrl: "wss://api.mypurecloud.de/api/v2/platformdata/events",
    });
    expect(config.integrations).toMatchObject({
      tokenUrl: "https://acme.example/api/v1/auth/oauth/token",
      apiUrl: "https://acme.example/api/v1",
    });
    expect(config.simulations).toMatchObject({
      tokenUrl: "https://api.cognigy.com/api/oauth/token",
      apiUrl: "https://api.cognigy.com/api/bot",
    });
  });

  test("the domain may be left out where every address is given", () => {
    const assist = { tokenUrl: "http://127.0.0.1:8001/token", apiUrl: "http://localhost:8001/api/", streamUrl: "ws://[::1]:8001/stream" };
    expect(configOf({ file: { assist } }).assist).toMatchObject({ ...assist, apiUrl: "http://localhost:8001/api" });
  });

  test("the role is the one given, else agent where the agent is known, else supervisor", () => {
    const assist = { orgDomain: "x.example" };
    expect(configOf({ file: { assist: { ...assist, agentId: "a1" } } }).panel.role).toBe("agent");
    expect(configOf({ file: { assist } }).panel.role).toBe("supervisor");
    expect(configOf({ file: { assist: { ...assist, agentId: "a1" }, panel: { role: "supervisor" } } }).panel.role).toBe("supervisor");
    expect(configOf({ file: { panel: { role: "agent" } } }).panel.role).toBe("agent");
  });

  test("paths of the file start at its folder, paths of a flag where the person stands, and audit has a place of its own", () => {
    expect(configOf({ file: { audit: { directory: "audit" }, telemetry: { metricsFile: "../m.jsonl", openMetricsFile: "m.txt" } } })).toMatchObject({
      audit: { directory: "/etc/callside/audit" },
      telemetry: { metricsFile: "/etc/m.jsonl", openMetricsFile: "/etc/callside/m.txt" },
    });
    expect(configOf({ file: { audit: {} }, sets: ["audit.directory=logs"] }).audit?.directory).toBe("/home/ada/desk/logs");
    expect(configOf({ file: { audit: {} } }).audit?.directory).toBe(`${DATA}/audit`);
  });

  test("the value is frozen all the way down", () => {
    const config = configOf({ file: { assist: { orgDomain: "x.example" } } });
    const mutable: unknown = config.assist?.fallback[0];
    expect(() => Object.assign(Object(mutable), { text: "changed" })).toThrow(TypeError);
    expect(Object.isFrozen(config) && Object.isFrozen(config.assist?.keywords) && Object.isFrozen(config.assist?.cache)).toBe(true);
  });
});

describe("precedence", () => {
  const file = { assist: { orgDomain: "file.example" } };

  test("a flag comes before the environment, the environment before the file", () => {
    const env = { COGNIGY_ORG_DOMAIN: "env.example" };
    expect(configOf({ file }).assist?.orgDomain).toBe("file.example");
    expect(configOf({ file, env }).assist?.orgDomain).toBe("env.example");
    expect(configOf({ file, env, sets: ["assist.orgDomain=flag.example"] }).assist?.orgDomain).toBe("flag.example");
    expect(configOf({ file, sets: ["assist.maxSuggestions=1", "assist.maxSuggestions=2"] }).assist?.maxSuggestions).toBe(2);
  });

  test("a variable that is set to nothing counts as not set", () => {
    expect(configOf({ file, env: { COGNIGY_ORG_DOMAIN: " " } }).assist?.orgDomain).toBe("file.example");
  });

  test("the value of --set is JSON, or text; where the key takes text, text it stays", () => {
    const sets = ["assist.agentId=4711", "assist.keywords=[\"card\"]", "assist.cache.scope=tenant", "assist.enableKeywordTrigger=false"];
    expect(configOf({ file, sets }).assist).toMatchObject({
      agentId: "4711",
      keywords: ["card"],
      cache: { scope: "tenant", maxEntries: 500 },
      enableKeywordTrigger: false,
    });
  });

  test("a --set without a value is refused, without repeating it", () => {
    const problems = problemsOf({ sets: ["hunter2", "=x", "a..b=1", "assist.minConfidence=0.5"] });
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });
});

describe("sections that the environment turns on", () => {
  const pair = { COGNIGY_CLIENT_ID: "id", COGNIGY_CLIENT_SECRET: "s3cret" };

  test.each([
    ["assist", { ...pair, COGNIGY_ORG_DOMAIN: "o.example" }],
    ["assist", { CALLSIDE_ASSIST_CLIENT_ID: "id", CALLSIDE_ASSIST_CLIENT_SECRET: "s3cret", COGNIGY_ORG_DOMAIN: "o.example" }],
    ["tunnel", { ...pair, COGNIGY_TENANT: "acme", COGNIGY_BOT_ID: "b1" }],
    ["integrations", { ...pair, COGNIGY_TENANT_URL: "https://acme.example" }],
    ["simulations", { ...pair, COGNIGY_ENVIRONMENT: "api.example" }],
    [
      "bridge",
      { COGNIGY_API_URL: "https://bot.example/", COGNIGY_API_KEY: "k", GENESYS_ORG_ID: "o1", GENESYS_CLIENT_ID: "id", GENESYS_CLIENT_SECRET: "s" },
    ],
  ] as const)("%s is on where it gives all, and off where one is missing", (section, env) => {
    expect(configOf({ env })[section]).toBeDefined();
    for (const name of Object.keys(env)) {
      const without = Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));
      expect(configOf({ env: without })[section]).toBeUndefined();
    }
  });

  test("the bridge forwards below COGNIGY_API_URL", () => {
    const bridge = { orgId: "o1", dialogUrl: "https://file.example/x" };
    const config = configOf({ file: { bridge }, env: { COGNIGY_API_URL: "https://bot.example/", GENESYS_REGION: "mypurecloud.ie" } });
    expect(config.bridge).toMatchObject({ dialogUrl: "https://bot.example/api/v2/dialogs/start", apiUrl: "https://api.mypurecloud.ie" });
  });

  test("no secret of the environment is in the value", () => {
    expect(JSON.stringify(configOf({ env: { ...pair, COGNIGY_ORG_DOMAIN: "o.example" } }))).not.toContain("s3cret");
  });
});

describe("what is refused", () => {
  test("every mistake at once, each with its path", () => {
    const file = {
      assist: { minConfidence: 7, tokenUrl: "http://x.example", minConfidance: 1, cache: { scope: "all" } },
      tunnel: { webhooks: ["http://a.example", { url: "https://b.example" }], tenant: "acme" },
      panel: { role: "agent", theme: 1 },
      bridge: 3,
    };
    expect(paths(problemsOf({ file })).toSorted()).toStrictEqual(
      [
        "assist.minConfidence",
        "assist.tokenUrl",
        "assist.minConfidance",
        "assist.cache.scope",
        "assist.orgDomain",
        "assist.agentId",
        "tunnel.botId",
        "tunnel.webhooks[0]",
        "tunnel.webhooks[1].secret",
        "panel.theme",
        "bridge",
      ].toSorted(),
    );
  });

  test.each([
    [{ assist: { orgDomain: "x.example", minConfidence: 1.5 } }, "1.5", "a number from 0 to 1"],
    [{ assist: { orgDomain: "x.example", maxSuggestions: 2.5 } }, "2.5", "a whole number from 1 to 20"],
    [{ assist: { orgDomain: "x.example", triggerOn: "all" } }, '"all"', '"customer" or "both"'],
    [{ assist: { orgDomain: "x.example", enableKeywordTrigger: "yes" } }, '"yes"', "true or false"],
    [{ assist: { orgDomain: "https://x.example" } }, '"https://x.example"', "a host name without https:// and without a path"],
    [{ assist: { orgDomain: "x.example", fallback: [] } }, "a list of 0 entries", "a list of 1 to 20 entries"],
    [{ assist: null }, "null", "an object with the keys orgDomain"],
    [{ tunnel: { tenant: "acme", botId: ".." } }, '".."', "the id of a bot, other than . and .."],
    [{ tunnel: { tenant: "acme", botId: "b", heartbeatSeconds: 0 } }, "0", "a number above 0 and at most 3600"],
    [{ bridge: { orgId: "o", dialogUrl: "https://x.example", scope: "agent" } }, "nothing", "the id of the agent"],
    [[], "a list of 0 entries", "an object with the keys"],
    ["text", '"text"', "an object with the keys"],
  ])("%j: says what was found and what is allowed", (file, found, allowed) => {
    const problems = problemsOf({ file });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.found).toBe(found);
    expect(problems[0]?.allowed).toContain(allowed);
  });

  test.each([
    "http://x.example",
    "http://127.0.0.1.example",
    "http://localhost.example",
    "http://evil.localhost",
    "http://128.0.0.1",
    "http://[::2]",
    "ws://127.0.0.1",
    "https://user:pass@x.example",
    "https://x.example/#part",
    "x.example",
    "javascript:alert(1)",
    "",
  ])("%j is no HTTP address", (tokenUrl) => {
    expect(paths(problemsOf({ file: { assist: { orgDomain: "x.example", tokenUrl } } }))).toStrictEqual(["assist.tokenUrl"]);
  });

  test.each(["http://127.0.0.1:1", "http://127.1.2.3", "http://localhost:9/x", "http://[::1]:9", "https://x.example", "HTTP://LOCALHOST"])(
    "%j is an HTTP address",
    (tokenUrl) => {
      expect(configOf({ file: { assist: { orgDomain: "x.example", tokenUrl } } }).assist?.tokenUrl).toBe(tokenUrl);
    },
  );

  test("a plain proxy is accepted, one with a password is not", () => {
    expect(configOf({ file: { network: { proxy: "http://proxy.example:8080" } } }).network.proxy).toBe("http://proxy.example:8080");
    expect(paths(problemsOf({ file: { network: { proxy: "http://u:p@proxy.example" } } }))).toStrictEqual(["network.proxy"]);
  });

  test.each([
    [{ assist: { orgDomain: "x.example", minconfidence: 1 } }, "assist.minConfidence"],
    [{ assist: { orgDomain: "x.example", keyword: [] } }, "assist.keywords"],
    [{ assist: { orgDomain: "x.example", cache: { ttlSecond: 1 } } }, "assist.cache.ttlSeconds"],
    [{ asist: {} }, "assist"],
    [{ panel: { minConfidence: 1 } }, "assist.minConfidence"],
  ])("%j: names the key that was most likely meant", (file, meant) => {
    expect(problemsOf({ file })[0]?.allowed).toContain(`did you mean ${meant}?`);
  });

  test("a key that resembles nothing gets no guess", () => {
    expect(problemsOf({ file: { panel: { zzzz: 1 } } })[0]?.allowed).toBe("known here: role, cardsPerMinute, quiet, theme, language");
  });

  test("__proto__ is a key like any other: unknown", () => {
    const text = '{"__proto__": {"polluted": 1}, "panel": {"__proto__": {"polluted": 1}}}';
    expect(paths(problemsOf({ text })).toSorted()).toStrictEqual(["__proto__", "panel.__proto__"]);
    expect(paths(problemsOf({ sets: ["__proto__.polluted=1"] }))).toStrictEqual(["__proto__"]);
    expect("polluted" in {}).toBe(false);
  });

  test("says where each value came from: place in the file, variable or flag", () => {
    const text = '{\n  "panel": {\n    "quiet": 1,\n    "theme": "x"\n  },\n  "assist": {"orgDomain": "x.example"}\n}';
    const problems = problemsOf({ text, env: { COGNIGY_ORG_DOMAIN: "a b" }, sets: ["panel.theme=blue"] });
    const by = (path: string): ConfigProblem | undefined => problems.find((problem) => problem.path === path);
    expect(by("panel.quiet")).toMatchObject({ source: "file", place: { line: 3, column: 5 } });
    expect(by("panel.theme")).toMatchObject({ source: "flag", origin: "--set panel.theme" });
    expect(by("assist.orgDomain")).toMatchObject({ source: "env", origin: "COGNIGY_ORG_DOMAIN" });
  });

  test("a syntax error is told with line and column", () => {
    const problems = problemsOf({ text: '{\n  "panel": {,}\n}' });
    expect(problems.map(formatProblem)).toStrictEqual([
      "panel (/etc/callside/callside.config.json:2:13): found the character ,; allowed: a key in double quotes (no comma before })",
    ]);
  });
});

describe("secrets stay out of problems", () => {
  const secret = "hunter2-Correct-Horse";

  test.each([
    [{ assist: { clientSecret: secret } }, {}],
    [{ assist: { orgDomain: secret + "/" } }, { COGNIGY_CLIENT_SECRET: secret }],
    [{ assist: { orgDomain: "x.example", apiUrl: `http://user:${secret}@x.example` } }, {}],
    [{ assist: { orgDomain: "x.example", apiUrl: `http://x.example/?key=${secret}` } }, {}],
    [{ assist: { orgDomain: "x.example", apiUrl: `user:${secret}@x.example` } }, {}],
    [{ assist: { orgDomain: "x.example", triggerOn: `Bearer ${secret}` } }, {}],
    [{ assist: { orgDomain: "x.example", triggerOn: `eyJ.${secret}` } }, {}],
  ])("%j", (file, env) => {
    const problems = problemsOf({ file, env });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map(formatProblem).join()).not.toContain("hunter2");
  });

  test("nor does a syntax error quote the file", () => {
    const problems = problemsOf({ text: `{"assist": {"agentId": ${secret}}}` });
    expect(problems.map(formatProblem).join()).not.toContain("unter2");
  });
});

describe("the section of the desktop", () => {
  const usual = { show: "CommandOrControl+Shift+F7", copyFirst: "CommandOrControl+Shift+F8", quiet: "CommandOrControl+Shift+F9" };

  test("is there with its defaults, whole or in part", () => {
    const defaults = { dock: "right", alwaysOnTop: false, keepRunning: true, startAtLogin: false, notifications: true, shortcuts: usual };
    expect(configOf({}).desktop).toStrictEqual(defaults);
    expect(configOf({ file: { desktop: { dock: "left", shortcuts: { quiet: null, show: "Alt+Space" } } } }).desktop).toStrictEqual({
      ...defaults,
      dock: "left",
      shortcuts: { ...usual, quiet: null, show: "Alt+Space" },
    });
  });

  test.each([
    ["F7", '"F7"'],
    ["Shift+F7", '"Shift+F7"'],
    ["Ctrl+Shift+F7", '"Ctrl+Shift+F7"'],
    ["CommandOrContrl+Shift+F10", '"CommandOrContrl+Shift+F10"'],
    ["Control+Control+K", '"Control+Control+K"'],
    ["Control+Shift", '"Control+Shift"'],
    ["", '""'],
  ])("keys that no global shortcut may have are refused with path, place, what was found and what is allowed: %s", (keys, found) => {
    const [problem, ...others] = problemsOf({ text: `{ "desktop": {\n  "shortcuts": { "copyFirst": "${keys}" } } }` });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path: "desktop.shortcuts.copyFirst", found, source: "file", place: { line: 2 } });
    expect(problem?.allowed).toMatch(/CommandOrControl\+Shift\+F7.*Control, Alt, Super.*PageDown/u);
  });

  test("what is no text is told that null stands for none", () => {
    const [problem] = problemsOf({ file: { desktop: { shortcuts: { show: false } } } });
    expect(problem).toMatchObject({ path: "desktop.shortcuts.show", found: "false" });
    expect(problem?.allowed).toMatch(/or null$/u);
  });

  test("a generated key in the place of a shortcut is described, not shown", () => {
    const key = "q7Zk+N2pR0xT5vB8+mL1cD4fG6hJ9";
    const told = problemsOf({ file: { desktop: { shortcuts: { show: key } } } });
    expect(told.map(formatProblem).join()).toContain("looks like a secret");
    expect(told.map(formatProblem).join()).not.toContain("q7Zk");
  });

  test("a shortcut or a key that there is none of is refused with the nearest", () => {
    expect(problemsOf({ file: { desktop: { shortcuts: { copy: null } } } })[0]).toMatchObject({ path: "desktop.shortcuts.copy", found: "an unknown key" });
    expect(problemsOf({ file: { desktop: { allwaysOnTop: true, dock: "top" } } })).toMatchObject([
      { path: "desktop.dock", found: '"top"', allowed: '"left" or "right" or "floating"' },
      { path: "desktop.allwaysOnTop", allowed: expect.stringContaining("did you mean desktop.alwaysOnTop?") },
    ]);
  });
});
