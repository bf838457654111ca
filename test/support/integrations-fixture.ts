import type { IntegrationCommands } from "../../electron/host/integration-commands.ts";
import type { Publisher } from "../../electron/host/publisher.ts";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { mapResponse } from "../../electron/integrations/mapping.ts";
import { isMap } from "../../renderer/integrations/draft-fields.ts";
import type { Fault } from "../../shared/fault.ts";
import { integrationDefinitionSchema, type JsonValue, type Registration } from "../../shared/integration.ts";
import type { Draft, ImportResult, IntegrationRow, IntegrationsView, MapInput, Mapped, TryResult } from "../../shared/integration-view.ts";
import { err, ok, type Result } from "../../shared/result.ts";

const MINUTE = 60_000;

/** The lookup that the practice platform has. */
export const orderLookup: Draft = {
  name: "Order lookup",
  description: "Finds a customer's orders, so that the bot can say where they are.",
  bot_id: "bot-billing",
  config: {
    url: "https://orders.example/v1/orders/search",
    method: "POST",
    auth_type: "bearer",
    secret: "EXTERNAL_API_KEY",
    headers: { "X-Request-Source": "callside" },
    request_mapping: { body: { limit: 5, $input: "bot.payload", transform: "json_merge" } },
    response_mapping: { extract: "data.result", normalize: "map_keys" },
    timeout_seconds: 10,
  },
};

/** What the order service answers. */
export const orderReply: JsonValue = {
  data: {
    result: [
      { "Order Number": "ORD-2041", Status: "Shipped", Carrier: "Northway", "Expected On": "2026-03-06" },
      { "Order Number": "ORD-2017", Status: "Delivered", Carrier: "Northway", "Expected On": "2026-02-27" },
    ],
  },
  meta: { count: 2, note: "<b>two</b> orders" },
};

const noCalls = { calls: 0, failures: 0, p50: null, p95: null, p99: null, lastAt: null, pausedUntil: null };

/** Other integrations beside the one under work: registered, paused, and one of a very long name. */
export function otherRows(now: number): readonly IntegrationRow[] {
  return [
    {
      key: "invoices",
      name: "Invoices of the last twelve months",
      method: "GET",
      host: "billing.example",
      problems: 0,
      registered: { id: "int_51f0", at: now - 90 * MINUTE, changed: false },
      stats: { calls: 1_284, failures: 3, p50: 41.2, p95: 120.4, p99: 310, lastAt: now - 4_000, pausedUntil: null },
    },
    {
      key: "stock",
      name: "Stock in the branch",
      method: "POST",
      host: "stock.internal.example:8443",
      problems: 0,
      registered: { id: "int_77aa", at: now - 3_000 * MINUTE, changed: true },
      stats: { calls: 210, failures: 44, p50: 86, p95: 2_410, p99: 9_800, lastAt: now - 20_000, pausedUntil: now + 22_000 },
    },
    {
      key: "hebrew",
      name: "בדיקת הזמנות של לקוחות בכל הסניפים עם שם ארוך מאוד שלא נכנס בשורה אחת",
      method: "GET",
      host: "a-very-long-name-of-a-host-that-nobody-would-ever-read-to-its-end.customers.example",
      problems: 2,
      registered: null,
      stats: noCalls,
    },
  ];
}

export type IntegrationCall = readonly [name: string, ...input: readonly unknown[]];

/** Main's side of integrations, played from memory, with the real rules and the real mapping. */
export interface PlayedIntegrations {
  readonly commands: IntegrationCommands;
  readonly calls: readonly IntegrationCall[];
  /** What is kept under a key. */
  readonly kept: (key: string) => Draft | undefined;
  /** Publishes the view: what is kept here, and the other rows. */
  readonly show: (rows?: readonly IntegrationRow[], secrets?: Partial<IntegrationsView["secrets"]>) => void;
  /** Keeps a draft; gives its key. */
  readonly keep: (draft: Draft) => string;
  /** Answers the next command of this name with a fault. */
  readonly refuse: (name: string, fault: Fault) => void;
  /** Holds the answers of `name` back until the returned function is called. */
  readonly hold: (name: string) => () => void;
  /** What the service answers from now on. */
  readonly answerWith: (answer: TryResult["outcome"] | JsonValue) => void;
  readonly importAs: (result: ImportResult) => void;
}

interface Kept {
  readonly draft: Draft;
  readonly registrations: readonly Registration[];
  readonly fixtures: ReadonlyMap<string, JsonValue>;
}

export function playIntegrations(publisher: Publisher, now: () => number): PlayedIntegrations {
  const calls: IntegrationCall[] = [];
  const store = new Map<string, Kept>();
  const tries = new Map<string, JsonValue>();
  const refusals = new Map<string, Fault>();
  const holds = new Map<string, Promise<void>>();
  const secrets = new Map<string, "key-store" | "memory" | "environment">();
  let others: readonly IntegrationRow[] = [];
  let secretsPart: Partial<IntegrationsView["secrets"]> = {};
  let reply: TryResult["outcome"] | JsonValue = orderReply;
  let imported: ImportResult = { kind: "draft", draft: orderLookup, notes: ["The header Authorization was not taken over: store its secret by name."] };
  let count = 0;

  const rowOf = (key: string, { draft, registrations }: Kept): IntegrationRow => {
    const { problems, definition } = checkDefinition(draft);
    const url = URL.parse(textOf(draft, "url"));
    const [last] = registrations;
    return {
      key,
      name: typeof draft["name"] === "string" ? draft["name"] : "",
      method: textOf(draft, "method") || "POST",
      host: url?.host ?? "",
      problems: problems.length,
      registered: last === undefined ? null : { id: last.id, at: last.at, changed: JSON.stringify(last.definition) !== JSON.stringify(definition) },
      stats: last === undefined ? noCalls : { ...noCalls, calls: 12, failures: 1, p50: 38, p95: 61, p99: 80.2, lastAt: now() - 2_000 },
    };
  };
  const publish = (): void => {
    const rows = [...store].map(([key, kept]) => rowOf(key, kept));
    publisher.publish({
      kind: "integrations",
      view: {
        rows: [...rows, ...others],
        secrets: { keptIn: "key-store", why: null, rows: [...secrets].map(([name, source]) => ({ name, source, shadowed: false })), ...secretsPart },
      },
    });
  };
  const answer = async <T>(call: IntegrationCall, give: () => Result<T, Fault>): Promise<Result<T, Fault>> => {
    calls.push(call);
    await holds.get(call[0]);
    const refusal = refusals.get(call[0]);
    refusals.delete(call[0]);
    return refusal === undefined ? give() : err(refusal);
  };
  const change = (key: string, part: (kept: Kept) => Partial<Kept>): Result<null, Fault> => {
    const kept = store.get(key);
    if (kept === undefined) return gone(key);
    store.set(key, { ...kept, ...part(kept) });
    publish();
    return ok(null);
  };
  const keep = (key: string | null, draft: Draft): string => {
    count += 1;
    const at = key ?? `made-${count}`;
    store.set(at, { registrations: [], fixtures: new Map(), ...store.get(at), draft });
    publish();
    return at;
  };
  const bodyOf = (source: MapInput["source"]): JsonValue | undefined => {
    if (source.kind === "try") return tries.get(source.tryId);
    return source.kind === "fixture" ? store.get(source.key)?.fixtures.get(source.name) : null;
  };
  const run = (draft: Draft, payload: JsonValue): TryResult => {
    count += 1;
    const tryId = `try-${count}`;
    const request: TryResult["request"] = {
      method: "POST",
      url: textOf(draft, "url"),
      headers: [{ name: "Content-Type", value: "application/json" }, { name: "Authorization", value: "Bearer ••••" }, { name: "X-Request-Source", value: "callside" }],
      body: JSON.stringify({ limit: 5, ...(isMap(payload) ? payload : {}) }, null, 2),
    };
    if (isOutcome(reply)) return { tryId, request, attempts: 3, latencyMs: 6_120, outcome: reply };
    const text = JSON.stringify(reply, null, 2);
    tries.set(tryId, reply);
    const cut = text.length > 20_000;
    const headers = [{ name: "content-type", value: "application/json" }, { name: "date", value: "Wed, 04 Mar 2026 09:30:36 GMT" }];
    return { tryId, request, attempts: 1, latencyMs: 38.4, outcome: { kind: "answered", statusCode: 200, headers, body: cut ? text.slice(0, 20_000) : text, bytes: text.length, cut, mapped: mapped(reply, mappingOf(draft)) } };
  };

  return {
    calls,
    kept: (key) => store.get(key)?.draft,
    show(rows = others, part = secretsPart) {
      others = rows;
      secretsPart = part;
      publish();
    },
    keep: (draft) => keep(null, draft),
    refuse: (name, fault) => void refusals.set(name, fault),
    hold(name) {
      const held = Promise.withResolvers<void>();
      holds.set(name, held.promise);
      return () => {
        holds.delete(name);
        held.resolve();
      };
    },
    answerWith: (next) => void (reply = next),
    importAs: (result) => void (imported = result),
    commands: {
      example: () => answer(["example"], () => ok({ draft: orderLookup, payload: { customer: "Fournier", status: "Shipped" } })),
      open: (key) =>
        answer(["open", key], () => {
          const kept = store.get(key);
          if (kept === undefined) return gone(key);
          const fixtures = [...kept.fixtures].map(([name, body]) => ({ name, bytes: JSON.stringify(body).length, at: now() }));
          return ok({ key, draft: kept.draft, problems: checkDefinition(kept.draft).problems, registrations: kept.registrations, fixtures });
        }),
      check: (draft) => ({ problems: checkDefinition(draft).problems }),
      import: (text, operation) => {
        calls.push(["import", text, operation]);
        return operation === null ? imported : { kind: "draft", draft: orderLookup, notes: [] };
      },
      save: (key, draft) => answer(["save", key, draft], () => ok(keep(key, draft))),
      delete: (key) =>
        answer(["delete", key], () => {
          store.delete(key);
          publish();
          return ok(null);
        }),
      try: (draft, payload) => answer(["try", draft, payload], () => ok(run(draft, payload))),
      map: (input) =>
        answer(["map", input], () => {
          const body = bodyOf(input.source);
          return body === undefined ? gone("the reply") : ok(mapped(body, input));
        }),
      keepFixture: (key, name, tryId) => answer(["keepFixture", key, name, tryId], () => change(key, ({ fixtures }) => ({ fixtures: new Map([...fixtures, [name, tries.get(tryId) ?? null] as const]) }))),
      dropFixture: (key, name) => answer(["dropFixture", key, name], () => change(key, ({ fixtures }) => ({ fixtures: new Map([...fixtures].filter(([one]) => one !== name)) }))),
      register: (key) =>
        answer(["register", key], () => {
          const parsed = integrationDefinitionSchema.safeParse(store.get(key)?.draft);
          if (!parsed.success) return gone(key);
          count += 1;
          const registration: Registration = { id: `int_${1_000 + count}`, at: now(), status: "ACTIVE", definition: parsed.data };
          change(key, ({ registrations }) => ({ registrations: [registration, ...registrations] }));
          return ok(registration);
        }),
      secrets: {
        put: (name, value) =>
          answer(["put", name, value.length], () => {
            secrets.set(name, secretsPart.keptIn ?? "key-store");
            publish();
            return ok(null);
          }),
        delete: (name) =>
          answer(["delete secret", name], () => {
            secrets.delete(name);
            publish();
            return ok(null);
          }),
        test: async (name) => ok({ source: secrets.get(name) ?? null }),
      },
    },
  };
}

function gone(what: string): Result<never, Fault> {
  return err({ kind: "policy", code: "not-found-here", detail: what });
}

function textOf(draft: Draft, key: string): string {
  const value: unknown = Reflect.get(Object(draft["config"]), key);
  return typeof value === "string" ? value : "";
}

function mappingOf(draft: Draft): { readonly extract: string; readonly normalize: "flatten" | "map_keys" | "none" } {
  const parsed = integrationDefinitionSchema.safeParse(draft);
  return parsed.success ? parsed.data.config.response_mapping : { extract: "*", normalize: "none" };
}

function mapped(body: JsonValue, mapping: { readonly extract: string; readonly normalize: "flatten" | "map_keys" | "none" }): Mapped {
  const made = mapResponse(body, { extract: mapping.extract, normalize: mapping.normalize });
  if (!made.ok) return { kind: "refused", message: made.error.message, path: made.error.path };
  const normalized = JSON.stringify(made.value.normalized, null, 2);
  return { kind: "mapped", extracted: JSON.stringify(made.value.extracted, null, 2).slice(0, 20_000), normalized: normalized.slice(0, 20_000), cut: normalized.length > 20_000 };
}

function isOutcome(answer: TryResult["outcome"] | JsonValue): answer is TryResult["outcome"] {
  return typeof answer === "object" && answer !== null && !Array.isArray(answer) && Reflect.get(answer, "kind") === "failed";
}
