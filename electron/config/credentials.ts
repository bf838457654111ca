import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { Environment } from "./environment.ts";
import { variable } from "./environment.ts";

/** The systems that are reached with a client id and a client secret. */
export type CredentialSection = "tunnel" | "assist" | "integrations" | "simulations" | "bridge";

/** A client credentials pair (contract 0). Kept apart from the configuration, so that it holds no secret. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The pair for a system, from the environment (contract 0): CALLSIDE_<SECTION>_CLIENT_ID and _SECRET, each of which
 * comes before COGNIGY_CLIENT_ID and _SECRET; GENESYS_CLIENT_ID and _SECRET for the bridge.
 * The fault (`refused`, `no-credentials`) names every variable that is missing.
 */
export function credentials(env: Environment, section: CredentialSection): Result<Credentials, Fault> {
  const names = (part: string): readonly string[] =>
    section === "bridge" ? [`GENESYS_${part}`] : [`CALLSIDE_${section.toUpperCase()}_${part}`, `COGNIGY_${part}`];
  const first = (part: string): string | undefined => names(part).map((name) => variable(env, name)).find((value) => value !== undefined);
  const clientId = first("CLIENT_ID");
  const clientSecret = first("CLIENT_SECRET");
  if (clientId !== undefined && clientSecret !== undefined) return ok({ clientId, clientSecret });
  const missing = [...(clientId === undefined ? [names("CLIENT_ID")] : []), ...(clientSecret === undefined ? [names("CLIENT_SECRET")] : [])];
  const detail = `no credentials for ${section}: set ${missing.map((one) => one.join(" or ")).join(", and ")} in the environment`;
  return err({ kind: "refused", code: "no-credentials", detail });
}
