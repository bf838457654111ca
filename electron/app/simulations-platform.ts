import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { credentials } from "../config/credentials.ts";
import { createHttp, type SendJson } from "../net/http.ts";
import { createTokens } from "../net/oauth.ts";
import { createSimulateApi, type SimulateApi } from "../simulations/simulate-api.ts";
import { openDeskNetwork } from "./desk-network.ts";

/** The scopes that simulations ask for (contract 0). */
export const SIMULATION_SCOPES = ["bot:read", "simulation:execute", "bot:write"];
/** Of one request for a token (contract 0, "Every request"). */
const TOKEN_TIMEOUT_MS = 15_000;

type SimulationsConfig = NonNullable<Config["simulations"]>;

export interface SimulationsPlatformOptions {
  readonly section: Pick<SimulationsConfig, "tokenUrl" | "apiUrl">;
  readonly network: Config["network"];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
}

/** The simulation platform, signed for. */
export interface SimulationsPlatform extends AsyncDisposable {
  readonly api: SimulateApi;
  /** Sends without a token, for addresses that are not the platform's. */
  readonly sendPlain: SendJson;
}

/** Opens network, tokens and calls. The fault names the credentials that are missing, or the certificate file. */
export async function openSimulationsPlatform(options: SimulationsPlatformOptions): Promise<Result<SimulationsPlatform, Fault>> {
  const { section, env, clock, random } = options;
  const pair = credentials(env, "simulations");
  if (!pair.ok) return pair;
  const opened = await openDeskNetwork(options.network, options);
  if (!opened.ok) return opened;
  const network = opened.value;
  const { fetch } = network;
  const tokens = createTokens({ tokenUrl: section.tokenUrl, ...pair.value, scopes: SIMULATION_SCOPES, clock, random, fetch, timeoutMs: TOKEN_TIMEOUT_MS });
  return ok({
    api: createSimulateApi({ send: createHttp({ clock, random, fetch, tokens }), apiUrl: section.apiUrl }),
    sendPlain: createHttp({ clock, random, fetch }),
    async [Symbol.asyncDispose]() {
      await tokens[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
    },
  });
}
