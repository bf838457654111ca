import type { ImportedAuth } from "./import-draft.ts";
import type { ApiOperation } from "./import-openapi-operations.ts";
import { child, type Findings, keyed, listed, type Located, resolveRef, textAt } from "./import-openapi-source.ts";

type Choice = { readonly kind: "auth"; readonly auth: ImportedAuth } | { readonly kind: "open" } | { readonly kind: "unusable"; readonly what: string };

const ALLOWED = "http bearer, http basic, apiKey in a header, or none";

/** The way of authentication: the first of those that a document offers and a definition can have. Null where none is asked for, or none can be had. */
export function readSecurity(root: Located, operation: ApiOperation, findings: Findings): ImportedAuth | null {
  const own = child(operation.at, "security");
  const given = own.value === undefined ? child(root, "security") : own;
  const choices = listed(given).map((requirement) => choiceOf(root, requirement));
  const usable = choices.find((choice) => choice.kind !== "unusable");
  if (usable !== undefined || choices.length === 0) return usable?.kind === "auth" ? usable.auth : null;
  const found = choices.map((choice) => (choice.kind === "unusable" ? choice.what : "")).join("; ");
  findings.problems.push({ path: given.path, spot: "value", message: `found only security that cannot be used (${found}); allowed: ${ALLOWED}` });
  return null;
}

function choiceOf(root: Located, requirement: Located): Choice {
  const names = keyed(requirement).map(([name]) => name);
  const [name] = names;
  if (name === undefined) return { kind: "open" };
  if (names.length > 1) return { kind: "unusable", what: `${names.join(" and ")} at once` };
  const scheme = resolveRef(root, child(child(child(root, "components"), "securitySchemes"), name));
  if (!scheme.ok || scheme.value.value === undefined) return { kind: "unusable", what: `${name}, which is not described` };
  return schemeChoice(name, scheme.value);
}

function schemeChoice(name: string, scheme: Located): Choice {
  const type = textAt(child(scheme, "type")) ?? "nothing";
  if (type === "http") {
    const way = (textAt(child(scheme, "scheme")) ?? "").toLowerCase();
    if (way === "bearer") return { kind: "auth", auth: { type: "bearer", header: "Authorization", of: "the token (without Bearer)" } };
    if (way === "basic") return { kind: "auth", auth: { type: "basic", header: "Authorization", of: "user name and password (user:password)" } };
    return { kind: "unusable", what: `${name}: http ${way}` };
  }
  if (type !== "apiKey") return { kind: "unusable", what: `${name}: ${type}` };
  const where = textAt(child(scheme, "in")) ?? "nowhere";
  const header = textAt(child(scheme, "name")) ?? "";
  if (where !== "header") return { kind: "unusable", what: `${name}: apiKey in ${where}` };
  return { kind: "auth", auth: { type: "api_key", header, of: `the value of the header ${header}` } };
}
