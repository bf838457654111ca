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
  const clientId = first(env, namesOf(section, "CLIENT_ID"));
  const clientSecret = first(env, namesOf(section, "CLIENT_SECRET"));
  return clientId !== undefined && clientSecret !== undefined ? ok({ clientId, clientSecret }) : err(noCredentials(env, section, pairOf(section)));
}

/** Like {@link credentials} for the bridge, with the key of the bot's dialog endpoint: COGNIGY_API_KEY (contract 3.4). */
export function bridgeCredentials(env: Environment): Result<Credentials & { readonly dialogKey: string }, Fault> {
  const pair = credentials(env, "bridge");
  const dialogKey = first(env, [DIALOG_KEY]);
  if (pair.ok && dialogKey !== undefined) return ok({ ...pair.value, dialogKey });
  return err(noCredentials(env, "bridge", [...pairOf("bridge"), [DIALOG_KEY]]));
}

/** Every name that a value of these credentials may have, for whoever fetches them from elsewhere. */
export function credentialNames(section: CredentialSection): readonly string[] {
  return [...pairOf(section).flat(), ...(section === "bridge" ? [DIALOG_KEY] : [])];
}

const DIALOG_KEY = "COGNIGY_API_KEY";

function namesOf(section: CredentialSection, part: "CLIENT_ID" | "CLIENT_SECRET"): readonly string[] {
  return section === "bridge" ? [`GENESYS_${part}`] : [`CALLSIDE_${section.toUpperCase()}_${part}`, `COGNIGY_${part}`];
}

function pairOf(section: CredentialSection): readonly (readonly string[])[] {
  return [namesOf(section, "CLIENT_ID"), namesOf(section, "CLIENT_SECRET")];
}

function first(env: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => variable(env, name)).find((value) => value !== undefined);
}

/** Each of `needed` is one value, by the names that it may have. */
function noCredentials(env: Environment, section: CredentialSection, needed: readonly (readonly string[])[]): Fault {
  const missing = needed.filter((names) => first(env, names) === undefined);
  const detail = `no credentials for ${section}: set ${missing.map((one) => one.join(" or ")).join(", and ")} in the environment`;
  return { kind: "refused", code: "no-credentials", detail };
}
