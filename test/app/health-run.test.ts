import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { healthChecks, healthSubjects, healthViewSchema } from "../../shared/health.ts";
import { issueCertificate } from "../../electron/sandbox/certificate.ts";
import { certificateServer, closedPort, connectProxy, silentServer } from "../support/health-servers.ts";
import { startTrial } from "../support/health-sources.ts";
import { TEST_ENV } from "../support/program.ts";
import { expectBad } from "../support/health-words.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";

const GRANT = { access_token: "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", expires_in: 3_600 };

function assistAt(url: string, more: Readonly<Record<string, unknown>> = {}) {
  return { tokenUrl: `${url}/token`, apiUrl: `${url}/api`, streamUrl: `${url.replace("http", "ws")}/stream`, ...more };
}
function simulationsAt(url: string) {
  return { tokenUrl: `${url}/token`, apiUrl: `${url}/api` };
}
function tunnelAt(url: string) {
  return { tenant: "acme", botId: "b1", tokenUrl: `${url}/token`, apiUrl: `${url}/api`, socketUrl: `${url.replace("http", "ws")}/runtime` };
}

/** A platform that issues tokens and counts what it is asked. */
function platform() {
  return serveHttp((_request, response) => sendJson(response, 200, GRANT));
}

describe("a run", () => {
  test("tries program, configuration, storage and each system in order, and leaves nothing behind", async () => {
    await using server = await platform();
    const trial = await startTrial({ assist: assistAt(server.url), tunnel: tunnelAt(server.url), audit: {}, history: {} });
    const view = await trial.run;
    expect(view.state).toBe("done");
    expect(() => healthViewSchema.parse(view)).not.toThrow();
    const bySubject = view.lines.map(({ subject }) => healthSubjects.indexOf(subject));
    expect(bySubject).toEqual(bySubject.toSorted((a, b) => a - b));
    for (const subject of healthSubjects) {
      const checks = view.lines.filter((line) => line.subject === subject).map(({ check }) => healthChecks.indexOf(check));
      expect(checks).toEqual(checks.toSorted((a, b) => a - b));
    }
    expect(view.lines.filter(({ outcome }) => outcome.kind === "bad" || outcome.kind === "doubtful")).toEqual([]);
    expect(view.lines.map(({ subject }) => subject)).not.toContain("bridge");
    expect(server.requests.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(["GET /api", "POST /token", "POST /token"]);
    expect(await readdir(trial.folder)).toEqual(["callside.config.json"]);
    expect(trial.clock.pending()).toBe(0);
  });

  test("tells a host of several systems in the lines of each, and asks it once", async () => {
    await using server = await platform();
    const { host, hostname } = new URL(server.url);
    const url = server.url.replace(hostname, "localhost");
    const trial = await startTrial({ assist: assistAt(url), simulations: simulationsAt(url) });
    const view = await trial.run;
    expect(trial.outcomes("assist", "name")).toHaveLength(1);
    expect(trial.outcomes("simulations", "name")).toEqual(trial.outcomes("assist", "name"));
    expect(view.lines.filter(({ check }) => check === "reach").map(({ target }) => target)).toEqual([host, host].map((one) => one.replace(hostname, "localhost")));
    // Once for its name; the second is the one connection to it.
    expect(trial.lookedUp).toEqual(["localhost", "localhost"]);
  });

  test("has a line for each distinct host of a system, and the token stands on its own host only", async () => {
    await using server = await platform();
    const dead = await closedPort();
    const trial = await startTrial({ assist: { ...assistAt(server.url), apiUrl: `http://127.0.0.1:${dead}` } });
    await trial.run;
    const [ours, other] = trial.outcomes("assist", "reach");
    expect(ours).toMatchObject({ kind: "good" });
    expectBad(other, "network", /nothing listens there/);
    expect(trial.outcomes("assist", "certificate").map((outcome) => outcome.kind === "skipped" && outcome.why)).toEqual(["no encryption on this machine", `127.0.0.1:${dead} was not reached`]);
    expect(trial.outcomes("assist", "token")).toMatchObject([{ kind: "good" }]);
  });

  test("with a name that is unknown skips all that stands on it, and says why", async () => {
    const trial = await startTrial({ assist: { orgDomain: "something.invalid" } });
    await trial.run;
    expectBad(trial.outcomes("assist", "name")[0], "unknown-host", /^something\.invalid: the host name is unknown/);
    for (const check of ["reach", "certificate", "token"] as const) {
      expect(trial.outcomes("assist", check)).toEqual([{ kind: "skipped", why: "the name something.invalid was not found" }]);
    }
    expect(trial.outcomes("assist", "connection")).toEqual([{ kind: "skipped", why: "not connected by this test" }]);
    expect(trial.outcomes("program", "clock")).toMatchObject([{ kind: "skipped" }]);
  });

  test("with a certificate that is not accepted asks for no token", async () => {
    const server = await certificateServer(issueCertificate({ name: "x", from: 0, until: Date.UTC(2049, 0, 1), role: { kind: "self-signed", hosts: ["platform.test"] } }));
    const trial = await startTrial({ assist: { orgDomain: `platform.test:${server.port}` } });
    await trial.run;
    expectBad(trial.outcomes("assist", "certificate")[0], "certificate", /issued by "x", an authority that is not known here/);
    expect(trial.outcomes("assist", "token")).toEqual([{ kind: "skipped", why: `no encrypted connection to platform.test:${server.port} came about` }]);
    expect(trial.outcomes("assist", "answer")).toEqual(trial.outcomes("assist", "token"));
    expect(server.heard()).toBe("");
  });

  test("through a proxy looks up the proxy's name, and tells what the proxy refuses", async () => {
    const proxy = await connectProxy(403);
    const trial = await startTrial({ assist: { orgDomain: "platform.invalid" }, network: { proxy: proxy.url.replace("127.0.0.1", "proxy.test") } });
    const view = await trial.run;
    expect(view.lines.find(({ check }) => check === "name")).toMatchObject({ target: "proxy.test (proxy)", outcome: { kind: "good" } });
    expectBad(trial.outcomes("assist", "reach")[0], "network", /^platform\.invalid:443: the proxy proxy\.test:\d+ answered 403$/);
    expect(trial.lookedUp).not.toContain("platform.invalid");
  });

  test("with authorities that cannot be read tells that for each certificate", async () => {
    const server = await silentServer();
    const trial = await startTrial({ assist: { orgDomain: `platform.test:${server.port}` }, network: { caFile: "missing.pem" } });
    await trial.run;
    expectBad(trial.outcomes("assist", "certificate")[0], "invalid-input", /^network\.caFile: there is no file .*missing\.pem$/);
  });

  test("tells what IT has set, by a line of its own where it has, and names it where it is wrong", async () => {
    const without = await startTrial({});
    await without.run;
    expect(without.outcomes("configuration", "policy")).toEqual([]);
    const sound = await startTrial({}, { policy: { panel: { quiet: true } } });
    await sound.run;
    expect(sound.outcomes("configuration", "policy")).toMatchObject([{ kind: "good", found: "1 key is set by IT" }]);
    const broken = await startTrial({}, { policy: "{ x" });
    await broken.run;
    expectBad(broken.outcomes("configuration", "policy")[0], "invalid-input", /^what IT has set for this machine, and only IT can mend: .*\/etc\/callside\/policy\.json:1:3/);
    const wanting = await startTrial({ assist: { orgDomain: "platform.test" } }, { policy: { panel: { role: "agent" } } });
    await wanting.run;
    expectBad(wanting.outcomes("configuration", "policy")[0], "invalid-input", /assist\.agentId \(\/etc.*IT has set panel\.role to agent/);
  });

  test("names IT for authorities that IT has set", async () => {
    const server = await silentServer();
    const trial = await startTrial({ assist: { orgDomain: `platform.test:${server.port}` } }, { policy: { network: { caFile: "/nowhere/company.pem" } } });
    await trial.run;
    expectBad(trial.outcomes("assist", "certificate")[0], "invalid-input", /^network\.caFile \(set by IT in \/etc\/callside\/policy\.json\): there is no file \/nowhere\/company\.pem$/);
  });

  test("waits no longer than five seconds for a file of authorities on a drive that does not answer", async () => {
    const server = await silentServer();
    const trial = await startTrial(
      { assist: { orgDomain: `platform.test:${server.port}` }, network: { caFile: "far-away.pem" } },
      { sources: () => ({ readFile: () => new Promise(() => undefined) }) },
    );
    await trial.clock.pass(5_000);
    await trial.run;
    expectBad(trial.outcomes("assist", "certificate")[0], "disk", /^network\.caFile: .*far-away\.pem could not be read within 5 s$/);
    expect(trial.outcomes("assist", "reach")).toMatchObject([{ kind: "good" }]);
  });

  test("gives a token ten seconds and everything else five", async () => {
    const silent = await silentServer();
    const trial = await startTrial({ assist: assistAt(`http://127.0.0.1:${silent.port}`), simulations: { tokenUrl: `https://127.0.0.1:${silent.port}/t`, apiUrl: `https://127.0.0.1:${silent.port}` } });
    await until(() => trial.clock.waiting().includes(10_000) && trial.clock.waiting().includes(5_000) && silent.taken() >= 3);
    await trial.clock.advance(4_950);
    expect(trial.outcomes("simulations", "certificate")).toEqual([{ kind: "running" }]);
    await trial.clock.advance(100);
    expectBad(trial.outcomes("simulations", "certificate")[0], "timeout", /^no answer from 127\.0\.0\.1:\d+ within 5 s$/);
    expect(trial.outcomes("assist", "token")).toEqual([{ kind: "running" }]);
    await trial.clock.advance(5_000);
    await trial.run;
    expectBad(trial.outcomes("assist", "token")[0], "timeout", /^no answer from 127\.0\.0\.1:\d+ within 10 s$/);
    expect(trial.clock.pending()).toBe(0);
  });

  test("tells a look-up that never ends as a name that is not found", async () => {
    const trial = await startTrial({ assist: { orgDomain: "slow.test" } }, { sources: ({ machine }) => ({ machine: { ...machine, resolve: () => new Promise(() => undefined) } }) });
    await trial.clock.pass(5_000);
    await trial.run;
    expectBad(trial.outcomes("assist", "name")[0], "unknown-host", /^slow\.test: no answer to the look-up within 5 s$/);
  });

  test("that is stopped in the middle ends at once and lets go of its connections", async () => {
    const silent = await silentServer();
    const trial = await startTrial({ assist: assistAt(`http://127.0.0.1:${silent.port}`) });
    await until(() => silent.asked() > 0);
    trial.stop.abort();
    const view = await trial.run;
    expect(view.state).toBe("stopped");
    expect(trial.outcomes("assist", "reach")).toMatchObject([{ kind: "good" }]);
    expect(trial.outcomes("assist", "token")).toEqual([{ kind: "skipped", why: "stopped" }]);
    expect(trial.clock.pending()).toBe(0);
  });

  test("finds a platform whose token works and whose API answers everything with 503, and one that never answers", async () => {
    await using server = await serveHttp((request, response) => (request.path === "/token" ? sendJson(response, 200, GRANT) : response.writeHead(503).end()));
    const { host } = new URL(server.url);
    const silent = await silentServer();
    const trial = await startTrial({ assist: assistAt(server.url), simulations: { ...simulationsAt(server.url), apiUrl: `http://127.0.0.1:${silent.port}/api` } });
    await until(() => silent.asked() === 1);
    await trial.clock.advance(5_000);
    const view = await trial.run;
    expect(trial.outcomes("assist", "token")).toMatchObject([{ kind: "good" }]);
    expect(trial.outcomes("assist", "answer")).toMatchObject([{ kind: "doubtful", found: `${host} answers, though with an error of its own (status 503)` }]);
    expectBad(trial.outcomes("simulations", "answer")[0], "timeout", /^no answer from 127\.0\.0\.1:\d+ within 5 s$/);
    expect(view.lines.filter(({ check }) => check === "answer").map(({ target }) => target)).toEqual([host, `127.0.0.1:${silent.port}`]);
  });

  test("asks each API of a system without credentials, token, query and body", async () => {
    await using server = await platform();
    const bridge = { orgId: "o1", scope: "organisation", tokenUrl: `${server.url}/token`, apiUrl: `${server.url}/genesys`, socketUrl: `${server.url.replace("http", "ws")}/events`, dialogUrl: `${server.url}/dialogs/start?key=qu3ry` };
    const env = { ...TEST_ENV, GENESYS_CLIENT_ID: "g", GENESYS_CLIENT_SECRET: "genesys-secret-1", COGNIGY_API_KEY: "dialog-key-1" };
    const trial = await startTrial({ bridge, integrations: { tenantUrl: server.url, tokenUrl: `${server.url}/token`, apiUrl: `${server.url}/registry` } }, { env });
    await trial.run;
    const asked = server.requests.filter(({ method }) => method === "GET");
    expect(asked.map(({ path }) => path).toSorted()).toEqual(["/dialogs/start", "/genesys", "/registry"]);
    for (const { headers, body } of asked) {
      expect(headers).not.toHaveProperty("authorization");
      expect(JSON.stringify([headers, body])).not.toMatch(/genesys-secret|dialog-key|qu3ry|eyJ/);
    }
    // One line for a host, also where two of its APIs are asked.
    expect(trial.outcomes("bridge", "answer")).toMatchObject([{ kind: "good" }]);
  });

  test("judges the clock by what the token endpoints say", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 401, {}, { date: new Date(Date.now() - 3_600_000).toUTCString() }));
    const trial = await startTrial({ assist: assistAt(server.url) });
    await trial.run;
    expectBad(trial.outcomes("program", "clock")[0], "clock-wrong", /^60 min ahead of the platform$/);
    expectBad(trial.outcomes("assist", "token")[0], "credentials", /answered 401$/);
  });

  test("tells the tunnel's token that is no JWT", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { access_token: "opaque", expires_in: 60 }));
    const trial = await startTrial({ tunnel: tunnelAt(server.url) });
    await trial.run;
    expectBad(trial.outcomes("tunnel", "token")[0], "token-form", /6 characters in 1 segment/);
  });

  test("without credentials names the variables, asks for no token, and still whether the API answers", async () => {
    await using server = await platform();
    const trial = await startTrial({ assist: assistAt(server.url) }, { env: {} });
    await trial.run;
    expectBad(trial.outcomes("assist", "token")[0], "no-credentials", /CALLSIDE_ASSIST_CLIENT_ID or COGNIGY_CLIENT_ID/);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api"]);
    expect(trial.outcomes("assist", "answer")).toMatchObject([{ kind: "good" }]);
  });

  test("tells mistakes of the configuration, a few of them, and trouble with what is kept", async () => {
    const problem = { path: "assist.minConfidence", found: "2", allowed: "a number from 0 to 1", origin: "/home/ann/callside.config.json" };
    const notice = { id: "audit", what: "The audit file cannot be written: the disk is full.", effect: "The work goes on.", remedy: "Free space.", since: 0 };
    const trial = await startTrial(
      { audit: {}, history: {} },
      {
        sources: ({ config }) => ({
          config: { ...config, problems: () => Array.from({ length: 5 }, () => problem) },
          trouble: (kept) => ({ ...notice, level: kept === "audit" ? "error" : "warning" }),
        }),
      },
    );
    await trial.run;
    expectBad(trial.outcomes("configuration", "file")[0], "invalid-input", /^assist\.minConfidence \(~\/callside\.config\.json\): found 2;.*and 2 more\. Until it is mended/);
    expectBad(trial.outcomes("storage", "audit")[0], "disk", /the disk is full\. The work goes on\.$/);
    expect(trial.outcomes("storage", "history")).toEqual([{ kind: "doubtful", found: `${notice.what} ${notice.effect}`, remedy: "Free space." }]);
  });

  test("waits no longer than five seconds for a key store that asks its owner", async () => {
    const trial = await startTrial({}, { sources: () => ({ secrets: () => new Promise(() => undefined) }) });
    await trial.clock.pass(5_000);
    await trial.run;
    expect(trial.outcomes("storage", "secrets")).toMatchObject([{ kind: "doubtful", found: "the key store of this system gave no answer" }]);
  });

  test("brings no secret into any line, wherever one turns up", async () => {
    const secrets = { COGNIGY_CLIENT_SECRET: "env-s3cret-91", COGNIGY_CLIENT_ID: "desk", MY_API_KEY: "key-s3cret-92", SIGNING: "sign-s3cret-93" };
    const kept = "vault-s3cret-94";
    const all = [secrets.COGNIGY_CLIENT_SECRET, secrets.MY_API_KEY, secrets.SIGNING, kept, "query-s3cret-95"];
    await using server = await serveHttp((_request, response) =>
      response.writeHead(400, `No ${all[0]}`, { "content-type": "application/json", "www-authenticate": all[1] }).end(JSON.stringify({ error: "invalid_client", error_description: all.join(" "), token: GRANT.access_token })),
    );
    const issuer = await certificateServer(issueCertificate({ name: `${kept} ${GRANT.access_token}`, from: 0, until: Date.UTC(2049, 0, 1), role: { kind: "self-signed", hosts: ["platform.test"] } }));
    const trial = await startTrial(
      {
        assist: assistAt(server.url, { tokenUrl: `${server.url}/token?key=query-s3cret-95` }),
        simulations: { tokenUrl: `https://platform.test:${issuer.port}/${all[4]}`, apiUrl: `https://${secrets.MY_API_KEY}.invalid/` },
        tunnel: { ...tunnelAt(server.url), webhooks: [{ url: `${server.url}/${all[2]}`, secret: "SIGNING" }] },
        audit: {},
        history: {},
      },
      {
        env: secrets,
        sources: () => ({
          knownSecrets: () => [kept],
          history: async () => ({ kind: "bad", fault: { kind: "transport", code: "disk", detail: `${all.slice(0, 4).join(" ")} ${Buffer.from(kept).toString("base64")} ${kept.toUpperCase()}` }, tookMs: null }),
          secrets: async () => ({ kind: "doubtful", found: kept, remedy: `say ${secrets.SIGNING}` }),
          connection: () => ({ kind: "skipped", why: `${GRANT.access_token} and ${encodeURIComponent(secrets.COGNIGY_CLIENT_SECRET)}` }),
        }),
      },
    );
    await trial.run;
    const told = JSON.stringify(trial.views);
    for (const secret of [...all, GRANT.access_token, Buffer.from(kept).toString("base64")]) expect(told.toLowerCase()).not.toContain(secret.toLowerCase());
    // The lines are there, and would hold them.
    expect(told).toContain("[redacted]");
    expect(trial.outcomes("simulations", "certificate")[0]).toMatchObject({ kind: "bad" });
  });

  test("ten at once on one platform do not disturb each other", async () => {
    await using server = await platform();
    const trials = await Promise.all(Array.from({ length: 10 }, () => startTrial({ assist: assistAt(server.url) })));
    for (const trial of trials) {
      expect((await trial.run).state).toBe("done");
      expect(trial.outcomes("assist", "token")).toMatchObject([{ kind: "good" }]);
    }
    expect(server.requests.filter(({ path }) => path === "/token")).toHaveLength(10);
  });
});
