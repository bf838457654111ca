import type { Fault } from "../../shared/fault.ts";
import { setupSecrets, type SetupSystemName } from "../../shared/setup-fields.ts";
import type { SetupForm, SetupStep } from "../../shared/setup.ts";
import { mendField } from "./setup-form.ts";

/** What failed, and on which host where it was one (`host:443`). */
interface FailedStep {
  readonly step: SetupStep;
  readonly target: string | null;
  readonly fault: Fault;
}

/** The field that a system's addresses follow from. */
const bases = { assist: "orgDomain", tunnel: "tenant", bridge: "region", integrations: "tenantUrl", simulations: "environment" } as const satisfies Readonly<Record<SetupSystemName, string>>;

/**
 * The field, or the secret by its name, that a failed step most likely concerns; null where it is none of them, such as a
 * scope, which is granted in the vendor's console. Pure.
 */
export function keyOfFault(form: SetupForm, { step, target, fault }: FailedStep): string | null {
  switch (step) {
    case "name":
    case "reach":
    case "certificate":
      return fault.detail.includes("proxy") ? null : hostKey(form, target);
    case "token":
      return tokenKey(form, target, fault);
    case "scope":
      return null;
    case "connection":
      return connectionKey(form.system, fault);
  }
}

function tokenKey(form: SetupForm, target: string | null, { code, detail }: Fault): string | null {
  const names: readonly string[] = setupSecrets[form.system];
  switch (code) {
    case "no-credentials":
      return names.find((name) => detail.includes(name)) ?? null;
    case "credentials":
    case "forbidden":
      return names[1] ?? null;
    case "bad-request":
      return form.system === "bridge" ? "orgId" : hostKey(form, target);
    case "not-found":
    case "unexpected-status":
    case "malformed-reply":
      return hostKey(form, target);
    default:
      return null;
  }
}

function connectionKey(system: SetupSystemName, { code }: Fault): string | null {
  switch (code) {
    case "not-found":
      return system === "tunnel" ? "botId" : bases[system];
    case "bot-inactive":
    case "forbidden":
      return system === "tunnel" ? "botId" : null;
    case "channel-missing":
      return "channel";
    default:
      return null;
  }
}

/** The field whose host it is: an address that was given for itself before the one that the others follow from. */
function hostKey({ system, fields }: SetupForm, target: string | null): string | null {
  const base = bases[system];
  if (target === null) return base;
  const host = target.replace(/ \(proxy\)$/u, "").replace(/:\d+$/u, "");
  const own = fields.find(({ key, value }) => key.endsWith("Url") && URL.parse(mendField(key, value))?.hostname === host);
  if (own !== undefined) return own.key;
  const typed = fields.find(({ key }) => key === base);
  const value = mendField(base, typed?.value ?? "").replace(/:\d+$/u, "");
  // An address with a default of its own is not the person's mistake.
  return value !== "" && (host === value || host.endsWith(`.${value}`) || host.startsWith(`${value}.`)) ? base : null;
}
