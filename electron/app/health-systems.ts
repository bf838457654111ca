import { ASSIST_SCOPES } from "../assist/assist.ts";
import { bridgeCredentials, credentials } from "../config/credentials.ts";
import type { SystemWish } from "../health/system-plan.ts";
import { INTEGRATION_SCOPES } from "../integrations/registry-api.ts";
import { checkToken } from "../tunnel/runtime-frames.ts";
import { TUNNEL_SCOPES } from "../tunnel/tunnel.ts";
import type { HealthSources } from "./health-sources.ts";
import { SIMULATION_SCOPES } from "./simulations-platform.ts";

/** The systems that the configuration turns on, as the checks see them: the addresses, scopes and credentials that each really uses. */
export function healthSystems({ wanted, env, connection }: Pick<HealthSources, "wanted" | "env" | "connection">): readonly SystemWish[] {
  const { assist, tunnel, bridge, integrations, simulations } = wanted;
  const found: SystemWish[] = [];
  if (assist !== undefined) {
    found.push({
      subject: "assist",
      addresses: [assist.tokenUrl, assist.apiUrl, assist.streamUrl],
      apis: [assist.apiUrl],
      token: { tokenUrl: assist.tokenUrl, scopes: ASSIST_SCOPES, credentials: credentials(env, "assist") },
      connection: () => connection("stream"),
    });
  }
  if (tunnel !== undefined) {
    found.push({
      subject: "tunnel",
      addresses: [tunnel.tokenUrl, tunnel.apiUrl, tunnel.socketUrl],
      apis: [tunnel.apiUrl],
      token: { tokenUrl: tunnel.tokenUrl, scopes: TUNNEL_SCOPES, credentials: credentials(env, "tunnel"), accepts: checkToken },
      connection: () => connection("tunnel"),
    });
  }
  if (bridge !== undefined) {
    found.push({
      subject: "bridge",
      addresses: [bridge.tokenUrl, bridge.apiUrl, bridge.socketUrl, bridge.dialogUrl],
      apis: [bridge.apiUrl, bridge.dialogUrl],
      // The scopes are set on the client (contract 0).
      token: { tokenUrl: bridge.tokenUrl, scopes: [], audience: `https://api.${bridge.region}/${bridge.orgId}`, credentials: bridgeCredentials(env) },
      connection: () => connection("bridge"),
    });
  }
  if (integrations !== undefined) {
    found.push({
      subject: "integrations",
      addresses: [integrations.tokenUrl, integrations.apiUrl],
      apis: [integrations.apiUrl],
      token: { tokenUrl: integrations.tokenUrl, scopes: INTEGRATION_SCOPES, credentials: credentials(env, "integrations") },
      connection: null,
    });
  }
  if (simulations !== undefined) {
    found.push({
      subject: "simulations",
      addresses: [simulations.tokenUrl, simulations.apiUrl],
      apis: [simulations.apiUrl],
      token: { tokenUrl: simulations.tokenUrl, scopes: SIMULATION_SCOPES, credentials: credentials(env, "simulations") },
      connection: null,
    });
  }
  return found;
}
