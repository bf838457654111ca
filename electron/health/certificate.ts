import { isIP } from "node:net";
import { connect, type PeerCertificate, type SecureContext, type TLSSocket } from "node:tls";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import { errorCode, networkReason } from "../net/network-reason.ts";
import { certificateWords, issuerOf } from "./certificate-words.ts";
import { type HostPlace, placeText } from "./host-place.ts";
import { englishWords } from "../words/en.ts";
import { bad, doubtful, good, skipped, stopwatch, type HealthWords } from "./outcome.ts";
import { openRoute, type RouteOptions } from "./route.ts";

/** A certificate that ends sooner than this is told before it does. */
const ENDS_SOON_MS = 7 * 24 * 60 * 60 * 1_000;
/** Servers shake hands with everybody: it is what stands before them that cuts a connection off here. */
const CLOSED = "the connection was closed during the TLS handshake, mostly by a firewall or a proxy in between";

export interface CertificateOptions extends RouteOptions {
  readonly clock: Clock;
  /** The authorities that are trusted, as every connection of the program trusts them; the default ones where absent. */
  readonly secureContext: SecureContext | undefined;
  /** English unless given. */
  readonly words?: HealthWords;
}

/**
 * Shakes hands with a place and judges its certificate; nothing is sent. A certificate that is not accepted is looked at
 * all the same, so that its end, its names or its issuer can be told. Faults: `certificate`, `network`.
 */
export async function checkCertificate(place: HostPlace, options: CertificateOptions, signal: AbortSignal): Promise<HealthOutcome> {
  const { clock, words = englishWords.health } = options;
  if (!place.secure) return skipped(words.noEncryption);
  const took = stopwatch(clock);
  const route = await openRoute(place, options, signal);
  if (!route.ok) return bad(route.error, took());
  const { promise, resolve: settle } = Promise.withResolvers<HealthOutcome>();
  const socket = connect({
    socket: route.value,
    host: place.host,
    ...(isIP(place.host) === 0 ? { servername: place.host } : {}),
    ...(options.secureContext === undefined ? {} : { secureContext: options.secureContext }),
    // Judged below: the program's own connections refuse what this one only looks at.
    rejectUnauthorized: false,
  });
  const onAbort = (): void => {
    socket.destroy();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  socket.on("error", (error) => {
    settle(bad(handshakeFault(place, error), took()));
  });
  socket.once("close", () => {
    settle(bad(network(place, CLOSED), took()));
  });
  socket.once("secureConnect", () => {
    settle(judge(place, socket, { now: clock.now(), tookMs: took(), words }));
  });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", onAbort);
    socket.destroy();
    route.value.destroy();
  }
}

function judge(place: HostPlace, socket: TLSSocket, { now, tookMs, words }: { readonly now: number; readonly tookMs: number; readonly words: HealthWords }): HealthOutcome {
  const found: PeerCertificate = socket.getPeerCertificate();
  if (!socket.authorized) {
    // Typed as an error, given as its code.
    const code = socket.authorizationError instanceof Error ? errorCode(socket.authorizationError) : String(socket.authorizationError);
    return bad(refused(place, certificateWords(code ?? "unknown", found, place.host)), tookMs);
  }
  const leftMs = Date.parse(found.valid_to) - now;
  const [issuer, until] = [issuerOf(found), dateText(found.valid_to)];
  return leftMs > ENDS_SOON_MS ? good(words.certificate(issuer, until), tookMs) : doubtful(words.certificateEnds(issuer, until, leftMs));
}

/** Nothing of it is the certificate's: none was looked at. */
function handshakeFault(place: HostPlace, error: Error): Fault {
  const code = errorCode(error);
  if (code === "ECONNRESET" || code === "EPIPE") return network(place, `${CLOSED} (${code})`);
  // The other side answered, and not with a handshake.
  if (code === "EPROTO" || code?.startsWith("ERR_SSL_") === true) return network(place, `no encryption that both sides know is spoken there (${code})`);
  return network(place, networkReason(error));
}

function refused(place: HostPlace, words: string): Fault {
  return { kind: "transport", code: "certificate", detail: `${placeText(place)}: ${words}` };
}

function network(place: HostPlace, reason: string): Fault {
  return { kind: "transport", code: "network", detail: `${placeText(place)}: ${reason}` };
}

function dateText(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10);
}
