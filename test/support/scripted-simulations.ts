import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { sendJson, serveHttp, type SeenRequest } from "./loopback-http.ts";

type Json = Readonly<Record<string, unknown>>;

/** A simulation platform that answers what the test says; every case passes at its first poll unless told otherwise. */
export interface ScriptedSimulations {
  readonly url: string;
  /** The section `simulations` that leads here, fast. */
  section(more?: Json): Json;
  /** The test ids in the order in which they were handed in. */
  readonly simulated: readonly string[];
  /** What these cases' intents are found to be from now on; null: not reported. */
  intent(found: string | null, ...testIds: readonly string[]): void;
  /** Leaves these cases (all of them, unless named) without an end until `release`. */
  hold(...testIds: readonly string[]): void;
  release(): void;
  /** The names of the bot's entities. */
  entities(...names: readonly string[]): void;
  /** What requests to a path that begins so are refused with, until null. */
  refuse(path: string, status: number | null): void;
  /** What the QA platform at `qaUrl` was sent, and with what it answers. */
  readonly qaUrl: string;
  readonly qa: readonly SeenRequest[];
  qaAnswers(status: number): void;
}

/** The intent that every case of {@link suiteText} expects. */
export const EXPECTED_INTENT = "order_status";

/** Serves it on loopback until the test ends. */
export async function startSimulations(): Promise<ScriptedSimulations> {
  const simulated: string[] = [];
  const intents = new Map<string, string | null>();
  const refusals = new Map<string, number>();
  const qa: SeenRequest[] = [];
  let held: ReadonlySet<string> | "all" = new Set<string>();
  let names: readonly string[] = ["order"];
  let qaStatus = 200;

  const answer = (request: SeenRequest, response: ServerResponse): void => {
    const { path } = request;
    const refusal = [...refusals].find(([prefix]) => path.startsWith(prefix))?.[1];
    if (refusal !== undefined) {
      sendJson(response, refusal, { error: "no" });
    } else if (path === "/token") sendJson(response, 200, { access_token: "scripted-token", expires_in: 3_600, token_type: "Bearer" });
    else if (path === "/bot/info") sendJson(response, 200, { name: "Scripted" });
    else if (path === "/bot/entities") sendJson(response, 200, names.map((name) => ({ name })));
    else if (path === "/bot/simulate") {
      const { testId } = JSON.parse(request.body) as { readonly testId: string };
      simulated.push(testId);
      sendJson(response, 200, { simulationId: `sim-${testId}` });
    } else if (path.startsWith("/bot/simulation/")) sendJson(response, 200, resultOf(path.slice("/bot/simulation/sim-".length)));
    else if (path === "/qa") {
      qa.push(request);
      sendJson(response, qaStatus, {});
    } else sendJson(response, 404, {});
  };
  const resultOf = (testId: string): Json => {
    const simulationId = `sim-${testId}`;
    if (held === "all" || held.has(testId)) return { simulationId, status: "running", turns: [] };
    const intent = intents.has(testId) ? intents.get(testId) : EXPECTED_INTENT;
    const turn = { turnIndex: 0, flowId: "flow_orders", entities: {}, output: "It is on its way.", ...(intent === null ? {} : { intent }) };
    return { simulationId, status: "completed", turns: [turn] };
  };
  const http = await serveHttp(answer);
  onTestFinished(() => http[Symbol.asyncDispose]());

  return {
    url: http.url,
    section: (more = {}) => ({ tokenUrl: `${http.url}/token`, apiUrl: `${http.url}/bot`, pollSeconds: 0.05, ...more }),
    simulated,
    intent(found, ...testIds) {
      for (const testId of testIds) intents.set(testId, found);
    },
    hold(...testIds) {
      held = testIds.length === 0 ? "all" : new Set(testIds);
    },
    release() {
      held = new Set();
    },
    entities(...given) {
      names = given;
    },
    refuse(path, status) {
      if (status === null) refusals.delete(path);
      else refusals.set(path, status);
    },
    qaUrl: `${http.url}/qa`,
    qa,
    qaAnswers(status) {
      qaStatus = status;
    },
  };
}

/** A suite of so many cases, `test_1` and so on, as JSON; all expect the same. */
export function suiteText(count: number, more: Json = {}): string {
  const cases = Array.from({ length: count }, (_, index) => ({
    test_id: `test_${index + 1}`,
    utterance: `where is my order ${index + 1}`,
    expected_outcome: { intent: EXPECTED_INTENT, entities: {} },
  }));
  return JSON.stringify({ name: "shop", expected_flows: ["flow_orders", "flow_returns"], defaults: { user_id: "usr_1" }, cases, ...more });
}
