import type { FaultBoard } from "./faults.ts";
import { faultyReply, gatewayPage } from "./order-replies.ts";
import type { Order } from "./orders/order.ts";
import { practiceOrders } from "./orders/order-list.ts";
import { searchOrders } from "./orders/order-search.ts";
import { json, readJson, type Route, type SandboxReply, type SandboxRequest } from "./routes.ts";
import { pause, type SandboxClock } from "./sandbox-clock.ts";

/** The user name that goes with the key in HTTP Basic. */
export const ORDER_USER = "practice";
/** Where a redirect on the same host leads to: the same service without the redirect. */
const MOVED = "/moved";
const SLOW_MS = 3_000;
const ARCHIVE_BYTES = 1_000_000;

/** Where redirects to somewhere else lead; the addresses have no slash at their end. */
export interface RedirectTargets {
  readonly mirror: string;
  readonly plainMirror: string;
}

export interface OrderRouteOptions {
  readonly apiKey: string;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  /** Called for every request, those included that are refused. */
  readonly onRequest: () => void;
  readonly targets: () => RedirectTargets;
}

/**
 * The order service below `/v1`: an order by its number, a search, one that takes three seconds, and an archive of 1 MB.
 * The key is taken as bearer token, in `X-Api-Key`, or as the password of {@link ORDER_USER}; below `/open` none is asked for.
 */
export function createOrderRoutes(options: OrderRouteOptions): readonly Route[] {
  const { faults, clock } = options;
  const guarded = (base: string, answer: Answer): Route["handle"] => async (request) => {
    options.onRequest();
    await pause(clock, faults.values["orders-latency"] ?? 0, request.signal);
    const refused = base === "/open" ? null : judgeKey(request, options);
    if (refused !== null) return refused;
    const struck = refusalOf(faults, clock) ?? (base === MOVED ? null : redirectOf(request, options));
    if (struck !== null) return struck;
    const reply = await answer(request);
    const fault = faults.values["orders-reply"];
    return fault === undefined || reply.kind !== "json" || reply.status !== 200 ? reply : faultyReply(fault, reply.body, request, clock);
  };
  const slowly: Answer = async (request) => {
    await pause(clock, SLOW_MS, request.signal);
    return search(request);
  };
  return ["", "/open", MOVED].flatMap((base) => orderTable(base, (answer) => guarded(base, answer), slowly));
}

/** The same orders on another port, for whoever asks, and without faults: what comes here with a credential should not have. */
export function createMirrorRoutes(base: string, onRequest: (request: SandboxRequest) => void): readonly Route[] {
  const open = (answer: Answer): Route["handle"] => (request) => {
    onRequest(request);
    return answer(request);
  };
  return orderTable(base, open, search);
}

type Answer = (request: SandboxRequest) => SandboxReply | Promise<SandboxReply>;

function orderTable(base: string, handled: (answer: Answer) => Route["handle"], slowly: Answer): readonly Route[] {
  const path = `${base}/v1/orders`;
  return [
    { method: "GET", path: `${path}/archive`, handle: handled(() => json(200, archive())) },
    { method: "GET", path: `${path}/{id}`, handle: handled((request) => find(request.ids[0] ?? "")) },
    { method: "POST", path: `${path}/search`, handle: handled(search) },
    { method: "POST", path: `${path}/search/slow`, handle: handled(slowly) },
  ];
}

function find(number: string): SandboxReply {
  const found = practiceOrders.find((order) => order["Order Number"] === number.toUpperCase());
  return found === undefined ? failure(404, "order_not_found", "there is no order of this number") : json(200, { data: { result: found }, meta: { total: 1 } });
}

function search(request: SandboxRequest): SandboxReply {
  const body = readJson(request);
  if (!body.ok) return failure(400, "bad_request", body.error);
  const result = searchOrders(practiceOrders, body.value);
  if (!result.ok) return failure(400, "invalid_search", "the search is not valid", { fields: result.problems });
  return json(200, { data: { result: result.found }, meta: { total: result.total, limit: result.limit } });
}

/** A little more than 1 MB of old orders. */
function archive(): { readonly data: { readonly result: readonly Order[] }; readonly meta: object } {
  const orderBytes = Buffer.byteLength(JSON.stringify(practiceOrders)) / practiceOrders.length;
  const result = Array.from({ length: Math.ceil(ARCHIVE_BYTES / orderBytes / practiceOrders.length) + 1 }, (_, year) =>
    practiceOrders.map((order) => ({ ...order, "Order Number": `${order["Order Number"]}-${String(year)}` })),
  ).flat();
  return { data: { result }, meta: { total: result.length } };
}

/** The words in which this service refuses. */
function failure(status: number, code: string, message: string, more: object = {}, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return json(status, { error: { code, message, ...more } }, headers);
}

function judgeKey({ headers }: SandboxRequest, { apiKey, faults }: OrderRouteOptions): SandboxReply | null {
  const refused = faults.values["orders-key"];
  if (refused !== undefined) return failure(refused, "key_refused", "this key was refused for practice");
  const basic = Buffer.from(`${ORDER_USER}:${apiKey}`).toString("base64");
  const authorization = headers["authorization"];
  if (authorization === `Bearer ${apiKey}` || authorization === `Basic ${basic}` || headers["x-api-key"] === apiKey) return null;
  const message = `the key is missing or wrong; allowed: Authorization: Bearer KEY, X-Api-Key: KEY, or HTTP Basic of the user ${ORDER_USER} with the key as password`;
  return failure(401, "unauthorized", message, {}, { "www-authenticate": 'Bearer realm="orders", Basic realm="orders"' });
}

function refusalOf(faults: FaultBoard, clock: SandboxClock): SandboxReply | null {
  const { values } = faults;
  if (faults.strikes(values["orders-timeout"])) return { kind: "silence" };
  if (faults.strikes(values["orders-hang-up"])) return { kind: "hang-up" };
  const pauseAsked = values["orders-429"];
  if (pauseAsked !== undefined) {
    const after = pauseAsked.asDate ? new Date(clock.now() + pauseAsked.seconds * 1_000).toUTCString() : String(pauseAsked.seconds);
    return failure(429, "too_many_requests", "too many requests", {}, { "retry-after": after });
  }
  if (faults.strikes(values["orders-500"])) return failure(500, "internal_error", "internal error");
  if (faults.strikes(values["orders-502"])) return gatewayPage(502);
  if (faults.strikes(values["orders-503"])) return failure(503, "unavailable", "the order service is being maintained");
  return faults.strikes(values["orders-504"]) ? gatewayPage(504) : null;
}

function redirectOf({ path }: SandboxRequest, { faults, targets }: OrderRouteOptions): SandboxReply | null {
  const kind = faults.values["orders-redirect"];
  if (kind === undefined) return null;
  return { kind: "bytes", status: 307, headers: { location: locationOf(kind, path, targets()) }, body: Buffer.alloc(0) };
}

function locationOf(kind: NonNullable<FaultBoard["values"]["orders-redirect"]>, path: string, { mirror, plainMirror }: RedirectTargets): string {
  const plain = path.replace(/^\/open(?=\/)/, "");
  switch (kind) {
    case "same-host":
      return `${MOVED}${plain}`;
    case "other-host":
      return `https://orders.practice.callside.example${path}`;
    case "other-port":
      return `${mirror}${plain}`;
    case "plain":
      return `${plainMirror}${plain}`;
    case "metadata":
      return "http://169.254.169.254/latest/meta-data/iam/security-credentials/";
    case "itself":
      return path;
    default:
      return kind satisfies never;
  }
}
