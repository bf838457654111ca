import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { SetupSystemName } from "../../shared/setup-fields.ts";
import type { Config } from "../config/complete-config.ts";
import type { SystemWish } from "../health/system-plan.ts";
import { hostOf } from "../net/attempt.ts";
import { createDial } from "../net/dial.ts";
import { createHttp } from "../net/http.ts";
import { openLine } from "../net/line.ts";
import type { Network } from "../net/network.ts";
import { createTokens } from "../net/oauth.ts";
import { judgeFailure } from "../net/socket-failure.ts";
import { createSimulateApi } from "../simulations/simulate-api.ts";
import { checkBot } from "../tunnel/bot-check.ts";

export interface ConnectPorts {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: () => number;
}

const MAX_PAYLOAD_BYTES = 1_000_000;
const CLOSE_GRACE_MS = 1_000;

/** Whether more can be tried of a system than its token without leaving anything behind. */
export function canConnect(system: SetupSystemName): boolean {
  return system !== "integrations";
}

/**
 * Opens what a system would keep open, and closes it at once; of simulations, asks for the bot's info. No session is
 * opened with the runtime and no message is sent: platforms count those. Null where it works; `signal` ends it.
 */
export async function tryConnection(system: SetupSystemName, config: Config, { credentials, ...token }: SystemWish["token"], ports: ConnectPorts, signal: AbortSignal): Promise<Fault | null> {
  if (!credentials.ok) return credentials.error;
  const { clock, random, network } = ports;
  const { fetch } = network;
  await using tokens = createTokens({ ...token, ...credentials.value, clock, random, fetch });
  const send = createHttp({ clock, random, fetch, tokens });
  const socket = async (url: string | undefined): Promise<Fault | null> => {
    const bearer = await tokens.token(signal);
    if (!bearer.ok) return bearer.error;
    return url === undefined ? null : openOnce(url, { authorization: `Bearer ${bearer.value}` }, ports, signal);
  };
  switch (system) {
    case "assist":
      // Awaited here and below: the tokens end with this function.
      return await socket(config.assist?.streamUrl);
    case "tunnel": {
      if (config.tunnel === undefined) return null;
      const bot = await checkBot(config.tunnel, { send, signal });
      return bot.ok ? await socket(config.tunnel.socketUrl) : bot.error;
    }
    case "bridge":
      return await socket(config.bridge?.socketUrl);
    case "simulations": {
      if (config.simulations === undefined) return null;
      const info = await createSimulateApi({ send, apiUrl: config.simulations.apiUrl }).info(signal);
      return info.ok ? null : info.error;
    }
    case "integrations":
      return null;
    default:
      return assertNever(system);
  }
}

/** Opens a socket and hangs up. Null where the upgrade was accepted. */
async function openOnce(url: string, headers: Readonly<Record<string, string>>, { network, clock }: ConnectPorts, signal: AbortSignal): Promise<Fault | null> {
  const { promise, resolve } = Promise.withResolvers<Fault | null>();
  const host = hostOf(url);
  const connection = dialled(url, headers, network);
  if (connection === null) return judgeFailure({ kind: "undialable" }, host).fault;
  const line = openLine(connection, {
    maxPayloadBytes: MAX_PAYLOAD_BYTES,
    headers,
    now: () => clock.now(),
    onOpen: () => {
      resolve(null);
      line.hangUp(clock, CLOSE_GRACE_MS, null);
    },
    onMessage: () => {},
    onLife: () => {},
    onEnd: (failure) => {
      resolve(judgeFailure(failure, host).fault);
    },
    onGone: () => {},
  });
  const cut = (): void => {
    line.cut();
  };
  signal.addEventListener("abort", cut, { once: true });
  if (signal.aborted) cut();
  try {
    return await promise;
  } finally {
    await line.gone;
    signal.removeEventListener("abort", cut);
  }
}

function dialled(url: string, headers: Readonly<Record<string, string>>, network: Network) {
  try {
    return createDial(network)(url, { headers, maxPayloadBytes: MAX_PAYLOAD_BYTES });
  } catch {
    // The exception may quote a header; the fault says what matters.
    return null;
  }
}
