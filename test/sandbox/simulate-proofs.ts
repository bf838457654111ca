import { expect } from "vitest";
import type { simulateFaultTable } from "../../electron/sandbox/simulate-fault-rows.ts";
import type { FaultProof } from "./fault-proof.ts";
import { ask, askSimulateToken, begin, finish, inTurn, simulateBody, simulateToken } from "./simulate-client.ts";
import { askRuntimeToken } from "./runtime-client.ts";

export type SimulateFaultName = keyof typeof simulateFaultTable;

const SAY = "I would like to return the kettle";
const MANY = 200;

/** What each fault of simulations does on the wire. Around it, everything is as it should be. */
export const simulateProofs: Record<SimulateFaultName, FaultProof> = {
  async "sim-latency"(sandbox, clock) {
    sandbox.setFault("sim-latency", 5_000);
    const id = await begin(sandbox, SAY);
    sandbox.setFault("sim-latency", null);
    await clock.advance(4_900);
    expect((await ask(sandbox, `/simulation/${id}`)).body["status"]).toBe("running");
    await clock.advance(800);
    expect((await ask(sandbox, `/simulation/${id}`)).body["status"]).toBe("completed");
  },
  async "sim-429"(sandbox) {
    const id = await begin(sandbox, SAY);
    sandbox.setFault("sim-429", 7);
    for (const refused of [await ask(sandbox, "/simulate", simulateBody(SAY)), await ask(sandbox, `/simulation/${id}`)]) {
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
    }
    expect((await ask(sandbox, "/info")).status).toBe(200);
  },
  "sim-500": refusesAShare("sim-500", 500),
  "sim-503": refusesAShare("sim-503", 503),
  async "sim-lost"(sandbox, clock) {
    const token = await simulateToken(sandbox);
    sandbox.setFault("sim-lost", 0.5);
    const ids = await inTurn(Array.from({ length: MANY }), () => begin(sandbox, SAY, {}, token));
    sandbox.setFault("sim-lost", null);
    await clock.advance(1_000);
    const statuses = await inTurn(ids, async (id) => (await ask(sandbox, `/simulation/${id}`, undefined, token)).status);
    expect(new Set(statuses)).toEqual(new Set([200, 404]));
    expectShare(statuses.filter((status) => status === 404).length, 0.5);
    expect(sandbox.stats().openSimulations).toBe(0);
  },
  async "sim-endless"(sandbox, clock) {
    sandbox.setFault("sim-endless", 1);
    const id = await begin(sandbox, SAY);
    sandbox.setFault("sim-endless", null);
    await clock.advance(3_000_000);
    expect((await ask(sandbox, `/simulation/${id}`)).body).toEqual({ simulationId: id, status: "running" });
    expect((await finish(sandbox, clock, SAY))["status"]).toBe("completed");
  },
  async "sim-no-turns"(sandbox, clock) {
    sandbox.setFault("sim-no-turns", "on");
    const result = await finish(sandbox, clock, SAY);
    expect(Object.keys(result)).toEqual(["simulationId", "status"]);
    expect(result["status"]).toBe("completed");
  },
  async "sim-no-intent"(sandbox, clock) {
    sandbox.setFault("sim-no-intent", "on");
    const [turn] = (await finish(sandbox, clock, SAY)).turns;
    expect(Object.keys(turn ?? {}).toSorted()).toEqual(["entities", "flowId", "output", "turnIndex"]);
  },
  async "sim-no-entities"(sandbox, clock) {
    sandbox.setFault("sim-no-entities", "on");
    const [turn] = (await finish(sandbox, clock, SAY)).turns;
    expect(Object.keys(turn ?? {}).toSorted()).toEqual(["flowId", "intent", "intentScore", "output", "turnIndex"]);
  },
  async "sim-random"(sandbox, clock) {
    sandbox.setFault("sim-random", 0.3);
    const token = await simulateToken(sandbox);
    const ids = await inTurn(Array.from({ length: MANY }), () => begin(sandbox, SAY, {}, token));
    await clock.advance(5_000);
    const intents = await inTurn(ids, async (id) => {
      const { turns } = (await ask(sandbox, `/simulation/${id}`, undefined, token)).body as { readonly turns: readonly { readonly intent?: string }[] };
      return turns.find((turn) => turn.intent !== undefined)?.intent;
    });
    expectShare(intents.filter((intent) => intent !== "return_item").length, 0.3);
    expect(intents).not.toContain(undefined);
  },
  async "sim-info"(sandbox) {
    sandbox.setFault("sim-info", "403");
    expect((await ask(sandbox, "/info")).status).toBe(403);
    expect((await ask(sandbox, "/entities")).status).toBe(200);
  },
  async "sim-entities"(sandbox) {
    sandbox.setFault("sim-entities", "empty");
    expect((await ask(sandbox, "/entities")).body).toEqual([]);
    sandbox.setFault("sim-entities", "malformed");
    const entities = (await ask(sandbox, "/entities")).body as unknown as readonly ({ readonly name?: unknown } | number | null)[];
    for (const entity of entities) expect(typeof entity === "object" && entity !== null ? entity.name : undefined).toBeUndefined();
  },
  async "sim-simulate"(sandbox) {
    const id = await begin(sandbox, SAY);
    for (const status of [401, 403]) {
      sandbox.setFault("sim-simulate", status);
      expect((await ask(sandbox, "/simulate", simulateBody(SAY))).status).toBe(status);
    }
    expect((await ask(sandbox, `/simulation/${id}`)).status).toBe(200);
  },
  async "sim-down"(sandbox) {
    const token = await simulateToken(sandbox);
    const id = await begin(sandbox, SAY, {}, token);
    sandbox.setFault("sim-down", "on");
    await expect(askSimulateToken(sandbox)).rejects.toThrow("fetch failed");
    for (const [path, body] of [["/info"], ["/entities"], ["/simulate", simulateBody(SAY)], [`/simulation/${id}`]] as const) {
      await expect(ask(sandbox, path, body, token)).rejects.toThrow("fetch failed");
    }
    // The rest of the sandbox is up.
    expect((await askRuntimeToken(sandbox)).status).toBe(200);
  },
};

function refusesAShare(name: "sim-500" | "sim-503", status: number): FaultProof {
  return async (sandbox) => {
    const token = await simulateToken(sandbox);
    const id = await begin(sandbox, SAY, {}, token);
    sandbox.setFault(name, 0.4);
    for (const [path, body] of [["/simulate", simulateBody(SAY)], [`/simulation/${id}`]] as const) {
      const statuses = await inTurn(Array.from({ length: MANY }), async () => (await ask(sandbox, path, body, token)).status);
      expect(new Set(statuses)).toEqual(new Set([200, status]));
      expectShare(statuses.filter((one) => one === status).length, 0.4);
    }
    sandbox.setFault(name, 1);
    expect((await ask(sandbox, "/simulate", simulateBody(SAY), token)).status).toBe(status);
    expect((await ask(sandbox, "/info", undefined, token)).status).toBe(200);
  };
}

/** The numbers of the sandbox are drawn by a fixed rule, so this comes out the same each time. */
function expectShare(count: number, share: number): void {
  expect(count / MANY).toBeGreaterThan(share - 0.12);
  expect(count / MANY).toBeLessThan(share + 0.12);
}
