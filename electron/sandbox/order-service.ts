import type { FaultBoard } from "./faults.ts";
import { startHttpsServer } from "./http-server.ts";
import { makeOrderCertificates } from "./order-certificates.ts";
import { createMirrorRoutes, createOrderRoutes } from "./order-routes.ts";
import type { Route, SandboxRequest } from "./routes.ts";
import type { SandboxClock } from "./sandbox-clock.ts";

/** The mirror's place on the platform's own, unencrypted address. */
const PLAIN_MIRROR = "/orders-mirror";
/** Headers that a request may be authenticated by. */
const CREDENTIALS = ["authorization", "x-api-key", "cookie"] as const;

/** What was seen of the order service. */
export interface OrderStats {
  /** Those included that were refused. */
  readonly orderRequests: number;
  /** At the mirror, where only redirects lead; and those among them that bore a credential, which none should. */
  readonly mirrorRequests: number;
  readonly mirrorCredentials: number;
}

/** A service that a bot may look orders up in (contract 4.3), over HTTPS on a port of its own. */
export interface OrderService extends AsyncDisposable {
  /** `https://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  /** Host and port, as `allowHosts` takes them; and of the mirror. */
  readonly host: string;
  readonly mirrorHost: string;
  /** The authority that signed the service's certificate, PEM. */
  readonly authority: string;
  /** Belong to the platform's own address. */
  readonly plainRoutes: readonly Route[];
  /** Takes up the faults that are set now. */
  faultsChanged(): void;
  stats(): OrderStats;
}

export interface OrderServiceOptions {
  readonly apiKey: string;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  /** When the certificates are made, in ms since the Unix epoch: by the machine's clock, since whoever checks them looks at that. */
  readonly certifiedAt: number;
  /** The platform's own address, once it is known, without a slash at its end. */
  readonly platformUrl: () => string;
  /** Aborts when the sandbox closes. */
  readonly signal: AbortSignal;
}

/** Starts the order service and its mirror on free ports of 127.0.0.1. */
export async function startOrderService(options: OrderServiceOptions): Promise<OrderService> {
  const { faults, clock, signal } = options;
  const certificates = makeOrderCertificates(options.certifiedAt);
  const seen = { orders: 0, mirror: 0, credentials: 0 };
  const onMirrored = ({ headers }: SandboxRequest): void => {
    seen.mirror += 1;
    if (CREDENTIALS.some((name) => headers[name] !== undefined)) seen.credentials += 1;
  };
  const onRequest = (): void => {
    seen.orders += 1;
  };
  await using stack = new AsyncDisposableStack();
  const mirror = stack.use(await startHttpsServer(certificates.pick(undefined), createMirrorRoutes("", onMirrored), signal));
  const mirrorHost = `127.0.0.1:${String(mirror.port)}`;
  const targets = () => ({ mirror: `https://${mirrorHost}`, plainMirror: `${options.platformUrl()}${PLAIN_MIRROR}` });
  const routes = createOrderRoutes({ apiKey: options.apiKey, faults, clock, onRequest, targets });
  const service = stack.use(await startHttpsServer(certificates.pick(undefined), routes, signal));
  const host = `127.0.0.1:${String(service.port)}`;
  const running = stack.move();
  let certified: typeof faults.values["orders-certificate"];
  return {
    url: `https://${host}`,
    host,
    mirrorHost,
    authority: certificates.authority,
    plainRoutes: createMirrorRoutes(PLAIN_MIRROR, onMirrored),
    faultsChanged() {
      const wanted = faults.values["orders-certificate"];
      if (wanted === certified) return;
      certified = wanted;
      service.certify(certificates.pick(wanted));
    },
    stats: () => ({ orderRequests: seen.orders, mirrorRequests: seen.mirror, mirrorCredentials: seen.credentials }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
