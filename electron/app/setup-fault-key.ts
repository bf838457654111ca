import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { setupBases, setupSecrets, type SetupSystemName } from "../../shared/setup-fields.ts";
import type { SetupForm, SetupStep } from "../../shared/setup.ts";
import { hostPlace, placeText, type HostPlace } from "../health/host-place.ts";
import { mendField } from "./setup-form.ts";

/** What failed, and on which host where it was one (`host:443`). */
interface FailedStep {
  readonly step: SetupStep;
  readonly target: string | null;
  readonly fault: Fault;
}

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
    default:
      return assertNever(step);
  }
}

function tokenKey(form: SetupForm, target: string | null, { code, detail }: Fault): string | null {
  const names: readonly string[] = setupSecrets[form.system];
  if (code === "no-credentials") return names.find((name) => detail.includes(name)) ?? null;
  if (code === "credentials" || code === "forbidden") return names[1] ?? null;
  // The audience is made of it.
  if (code === "bad-request" && form.system === "bridge") return "orgId";
  return code === "bad-request" || code === "not-found" || code === "unexpected-status" || code === "malformed-reply" ? hostKey(form, target) : null;
}

function connectionKey(system: SetupSystemName, { code }: Fault): string | null {
  if (code === "channel-missing") return "channel";
  if (system === "tunnel") return code === "not-found" || code === "bot-inactive" || code === "forbidden" ? "botId" : null;
  return code === "not-found" ? setupBases[system] : null;
}

/** The field whose host it is: an address that was given for itself before the one that the others follow from. */
function hostKey({ system, fields }: SetupForm, target: string | null): string | null {
  const base = setupBases[system];
  if (target === null) return base;
  const place = target.replace(/ \(proxy\)$/u, "");
  const host = place.replace(/:\d+$/u, "");
  const own = fields.find(({ key, value }) => key.endsWith("Url") && isAt(hostPlace(mendField(key, value)), place));
  if (own !== undefined) return own.key;
  const typed = fields.find(({ key }) => key === base);
  const value = mendField(base, typed?.value ?? "").replace(/:\d+$/u, "");
  // An address with a default of its own is not the person's mistake.
  return value !== "" && (host === value || host.endsWith(`.${value}`) || host.startsWith(`${value}.`)) ? base : null;
}

/** With the port where it is known: a look-up of the name knows none. */
function isAt(place: HostPlace | null, target: string): boolean {
  return place !== null && (placeText(place) === target || place.host === target);
}
