import type { Config } from "../config/complete-config.ts";
import type { AppPorts, System } from "./app-ports.ts";

/** A command that ends by itself has no figures worth watching, and must not put them in place of a program's that goes on. */
export function isLasting({ systems, bridgeWork }: AppPorts): boolean {
  if (bridgeWork !== undefined && bridgeWork !== "serve") return false;
  return systems === undefined || systems.some((system) => system !== "integrations" && system !== "simulations");
}

/** A system that is not wanted here is off, whatever the configuration says. */
export function onlySystems(config: Config, systems: readonly System[] | undefined): Config {
  if (systems === undefined) return config.bridge?.scope === undefined ? { ...config, bridge: undefined } : config;
  return {
    ...config,
    assist: systems.includes("assist") ? config.assist : undefined,
    tunnel: systems.includes("tunnel") ? config.tunnel : undefined,
    bridge: config.bridge !== undefined && systems.includes("bridge") ? { ...config.bridge, scope: config.bridge.scope ?? "organisation" } : undefined,
    integrations: systems.includes("integrations") ? config.integrations : undefined,
    simulations: systems.includes("simulations") ? config.simulations : undefined,
  };
}
