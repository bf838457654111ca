import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly name: string;
  readonly section: string;
  readonly key: string;
  readonly read?: (text: string) => string;
}

/** The variables that fill the configuration (contract 0). */
const variables: readonly Variable[] = [
  { name: "COGNIGY_TENANT", section: "tunnel", key: "tenant" },
  { name: "COGNIGY_BOT_ID", section: "tunnel", key: "botId" },
  { name: "COGNIGY_ORG_DOMAIN", section: "assist", key: "orgDomain" },
  { name: "COGNIGY_API_URL", section: "bridge", key: "dialogUrl", read: dialogAddress },
  { name: "GENESYS_ORG_ID", section: "bridge", key: "orgId" },
  { name: "GENESYS_REGION", section: "bridge", key: "region" },
  { name: "COGNIGY_TENANT_URL", section: "integrations", key: "tenantUrl" },
  { name: "WEBHOOK_URL", section: "integrations", key: "webhookUrl" },
  { name: "COGNIGY_ENVIRONMENT", section: "simulations", key: "environment" },
];

/**
 * What turns a section on by the environment alone: each of these, where a list means that one of its variables is
 * enough. Simulations need their environment named, although it has a default, because the credentials alone serve all
 * systems and say nothing of a wish to run simulations.
 */
const needs: Readonly<Record<string, readonly (readonly string[])[]>> = {
  tunnel: [["COGNIGY_TENANT"], ["COGNIGY_BOT_ID"], ...cognigyPair("TUNNEL")],
  assist: [["COGNIGY_ORG_DOMAIN"], ...cognigyPair("ASSIST")],
  bridge: [["COGNIGY_API_URL"], ["COGNIGY_API_KEY"], ["GENESYS_ORG_ID"], ["GENESYS_CLIENT_ID"], ["GENESYS_CLIENT_SECRET"]],
  integrations: [["COGNIGY_TENANT_URL"], ...cognigyPair("INTEGRATIONS")],
  simulations: [["COGNIGY_ENVIRONMENT"], ...cognigyPair("SIMULATIONS")],
};

/** A variable's value; one that is set to nothing counts as not set. */
export function variable(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}

/**
 * The values that the environment puts before the file's. Only sections that are on take them: those that `given` (the
 * file with the flags) has, and those for which the environment has all that they need.
 */
export function environmentOverrides(env: Environment, given: unknown): readonly Override[] {
  return variables.flatMap(({ name, section, key, read }) => {
    const text = variable(env, name);
    const on = (isRecord(given) && Object.hasOwn(given, section)) || suffices(env, section);
    if (text === undefined || !on) return [];
    return [{ path: [section, key], value: read === undefined ? text : read(text), source: "env" as const, origin: name }];
  });
}

/**
 * The variables that a section lacks to be on by the environment alone, by their first names; none where none of those
 * that it needs is set, because then nobody meant it.
 */
export function missingVariables(env: Environment, section: string): readonly string[] {
  const wanted = needs[section] ?? [];
  const missing = wanted.filter((names) => names.every((name) => variable(env, name) === undefined));
  return missing.length === wanted.length ? [] : missing.flatMap(([name]) => name ?? []);
}

function suffices(env: Environment, section: string): boolean {
  return needs[section]?.every((names) => names.some((name) => variable(env, name) !== undefined)) ?? false;
}

function cognigyPair(section: string): readonly (readonly string[])[] {
  return [
    [`CALLSIDE_${section}_CLIENT_ID`, "COGNIGY_CLIENT_ID"],
    [`CALLSIDE_${section}_CLIENT_SECRET`, "COGNIGY_CLIENT_SECRET"],
  ];
}

/** The bridge forwards to this path of the API (contract 3.4). */
function dialogAddress(apiUrl: string): string {
  return `${apiUrl.replace(/\/+$/, "")}/api/v2/dialogs/start`;
}
