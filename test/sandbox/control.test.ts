import { expect, test } from "vitest";
import { post, practice, subscribe } from "./sandbox-client.ts";

async function get(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

test("faults are set, read and cleared while the sandbox runs", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await post(sandbox, "/sandbox/faults", { latency: 200, html: true, "500": "0.5" })).status).toBe(200);
  expect(await get(`${sandbox.url}/sandbox/faults`)).toEqual({ latency: "200", html: "on", "500": "0.5" });
  expect((await post(sandbox, "/sandbox/faults", { latency: null, html: false })).body).toEqual({ "500": "0.5" });
});

test("one wrong fault in a body changes nothing, and every wrong one is told", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await post(sandbox, "/sandbox/faults", { html: "on", latency: -5, flood: 1, drop: null });
  expect(refused.status).toBe(400);
  expect(refused.body["message"]).toContain('latency: found "-5", allowed: milliseconds');
  expect(refused.body["message"]).toContain('no fault is called "flood"');
  expect(sandbox.faults()).toEqual({});
});

test.each([
  ["/sandbox/faults", "[]", "allowed is an object"],
  ["/sandbox/faults", '{"latency":{}}', "allowed is an object"],
  ["/sandbox/faults", "{", "not valid JSON"],
  ["/sandbox/say", "{}", "text"],
  ["/sandbox/say", '{"text":"x","sentimentScore":2}', "sentimentScore"],
  ["/sandbox/say", '{"text":"x","speaker":"robot"}', "speaker"],
  ["/sandbox/say", '{"text":"x","volume":11}', "volume"],
])("%s %s is refused with what is wrong", async (path, body, named) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await post(sandbox, path, body);
  expect(refused.status).toBe(400);
  expect(refused.body["message"]).toContain(named);
});

test("a web page's simple request cannot steer the sandbox", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await post(sandbox, "/sandbox/faults", '{"html":"on"}', { "content-type": "text/plain" })).status).toBe(400);
  expect(sandbox.faults()).toEqual({});
});

test("a line that is said reaches every subscriber, in the latest call or a new one", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  const outside = await post(sandbox, "/sandbox/say", { text: "is anybody there" });
  expect(outside.body["interactionId"]).toBe("said-extra-1");
  await using one = await subscribe(sandbox);
  await clock.advance(1_000);
  const inside = await post(sandbox, "/sandbox/say", { text: "I want to complain", speaker: "caller", sentimentScore: -0.7, interactionId: "charged-twice" });
  await one.until(() => one.raw.length === 2);
  expect(one.payloads()[1]).toMatchObject({
    interactionId: "charged-twice",
    utteranceId: inside.body["utteranceId"],
    transcript: "I want to complain",
    speaker: "caller",
    sentimentScore: -0.7,
    sequence: 2,
    final: true,
    customerName: "Marcus Bell",
  });
});

test("stats count what happened", async () => {
  const { sandbox, clock } = await practice({ lines: 1 });
  await using _ = sandbox;
  await using one = await subscribe(sandbox);
  await clock.advance(4_500);
  await one.until(() => one.raw.length >= 2);
  expect(await get(`${sandbox.url}/sandbox/stats`)).toEqual({
    tokenRequests: 1,
    suggestRequests: 0,
    openSockets: 1,
    socketsOpened: 1,
    framesSent: one.raw.length,
    tunnelTokenRequests: 0,
    botRequests: 0,
    openTunnelSockets: 0,
    openTunnels: 0,
    tunnelsOpened: 0,
    tunnelPings: 0,
    tunnelProbes: 0,
    tunnelRefreshes: 0,
    tunnelDisconnects: 0,
    lastTunnelCloseCode: null,
    simulationTokenRequests: 0,
    infoRequests: 0,
    entitiesRequests: 0,
    simulateRequests: 0,
    pollRequests: 0,
    simulationsBegun: 0,
    openSimulations: 0,
    mostOpenSimulations: 0,
    genesysTokenRequests: 0,
    openEventSockets: 0,
    eventSocketsOpened: 0,
    subscriptions: 0,
    resumes: 0,
    subscriptionsRefused: 0,
    eventsSent: 0,
    lastResumePoint: null,
    replyRequests: 0,
    typingRequests: 0,
    readBackRequests: 0,
    repliesTaken: 0,
    conversations: 0,
    openChats: 0,
    customerMessages: 0,
    lastSequenceId: 1_000,
    dialogRequests: 0,
    dialogTurns: 0,
    integrationTokenRequests: 0,
    registerRequests: 0,
    registeredIntegrations: 0,
    orderRequests: 0,
    mirrorRequests: 0,
    mirrorCredentials: 0,
    hookRequests: 0,
  });
});
