import type { SetupSystemName } from "../../shared/setup-fields.ts";

/** The scopes that the client of a system must be granted (contract 0); none where they are set on the client itself. */
export const setupScopes: Readonly<Record<SetupSystemName, readonly string[]>> = {
  assist: ["agentassist:read", "dialog:read", "analytics:write", "streaming:subscribe"],
  tunnel: ["bot:read", "runtime:execute"],
  bridge: ["platform:agent:view"],
  integrations: ["cognigy:platform:read", "cognigy:integrations:write", "cognigy:webhooks:manage"],
  simulations: ["bot:read", "simulation:execute", "bot:write"],
};
