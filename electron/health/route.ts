import { request as plainRequest, type RequestOptions } from "node:http";
import { request as secureRequest } from "node:https";
import { connect, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { networkReason } from "../net/network-reason.ts";
import { type HostPlace, placeText } from "./host-place.ts";
import { englishWords } from "../words/en.ts";
import { bad, good, stopwatch, type HealthWords } from "./outcome.ts";
import { type Resolve, socketLookup } from "./resolve.ts";

/** How a place is dialled. */
export interface RouteOptions {
  readonly resolve: Resolve;
  /** The address of the proxy that stands before it; null: none. */
  readonly proxy: string | null;
  /** The authorities that the proxy's own certificate is judged by; the default ones where absent. */
  readonly secureContext: SecureContext | undefined;
}

/**
 * Opens a plain connection to a place, through the proxy where there is one (CONNECT). The caller ends it. Fault:
 * `network`, which names the proxy where it is the proxy that refused or was not reached.
 */
export function openRoute(place: HostPlace, { resolve, proxy, secureContext }: RouteOptions, signal: AbortSignal): Promise<Result<Socket, Fault>> {
  return proxy === null ? openDirect(place, resolve, signal) : openThrough(place, proxy, { resolve, secureContext }, signal);
}

/** Whether a place answers at all. */
export async function checkReach(place: HostPlace, { words = englishWords.health, ...options }: RouteOptions & { readonly clock: Clock; readonly words?: HealthWords }, signal: AbortSignal): Promise<HealthOutcome> {
  const took = stopwatch(options.clock);
  const opened = await openRoute(place, options, signal);
  if (!opened.ok) return bad(opened.error, took());
  opened.value.destroy();
  return good(options.proxy === null ? words.portAnswers : words.proxyPasses, took());
}

function openDirect(place: HostPlace, resolve: Resolve, signal: AbortSignal): Promise<Result<Socket, Fault>> {
  const { promise, resolve: settle } = Promise.withResolvers<Result<Socket, Fault>>();
  const socket = connect({ host: place.host, port: place.port, lookup: socketLookup(resolve), signal });
  socket.once("connect", () => {
    settle(ok(socket));
  });
  // Stays for as long as the socket lives: what happens to it later is the business of whoever holds it.
  socket.on("error", (error) => {
    settle(err(network(place, networkReason(error))));
  });
  return promise;
}

function openThrough(
  place: HostPlace,
  proxy: string,
  { resolve, secureContext }: Pick<RouteOptions, "resolve" | "secureContext">,
  signal: AbortSignal,
): Promise<Result<Socket, Fault>> {
  const url = new URL(proxy);
  const secure = url.protocol === "https:";
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/u, "$1");
  const at = `the proxy ${placeText({ host, port })}`;
  const target = placeText(place);
  const options: RequestOptions = {
    method: "CONNECT",
    host,
    port,
    path: target,
    headers: { host: target, ...credentialsOf(url) },
    lookup: socketLookup(resolve),
    agent: false,
    signal,
  };
  const { promise, resolve: settle } = Promise.withResolvers<Result<Socket, Fault>>();
  const asking = secure ? secureRequest({ ...options, ...(secureContext === undefined ? {} : { secureContext }) }) : plainRequest(options);
  asking.once("connect", (response, socket) => {
    socket.on("error", () => undefined);
    const status = response.statusCode ?? 0;
    if (status === 200) {
      settle(ok(socket));
      return;
    }
    socket.destroy();
    const meaning = status === 407 ? " (it wants a user name and a password)" : "";
    settle(err(network(place, `${at} answered ${status}${meaning}`)));
  });
  asking.on("error", (error) => {
    settle(err(network(place, `${at}: ${networkReason(error)}`)));
  });
  asking.end();
  return promise;
}

function credentialsOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function network(place: HostPlace, reason: string): Fault {
  return { kind: "transport", code: "network", detail: `${placeText(place)}: ${reason}` };
}
