import { quote } from "../documents/found-words.ts";
import type { ApiOperation } from "./import-openapi-operations.ts";
import { child, type Findings, isLocatedMap, listed, type Located, textAt } from "./import-openapi-source.ts";

/** The address of the server that an operation is asked at, without a slash at its end; null where a problem was told. */
export function serverAddress(root: Located, { at, item }: ApiOperation, findings: Findings): { readonly url: string; readonly at: Located } | null {
  const servers = [at, item, root].map((one) => listed(child(one, "servers"))).find((list) => list.length > 0) ?? [];
  const usable = servers.filter(isLocatedMap);
  const server = usable.find((one) => /^https:\/\//i.test(textAt(child(one, "url")) ?? "")) ?? usable[0];
  if (server === undefined) {
    findings.problems.push({ path: ["servers"], spot: "value", message: "missing; allowed: a server with a whole https address, such as url: https://api.example.com" });
    return null;
  }
  const template = textAt(child(server, "url")) ?? "";
  const url = fillIn(server, template, findings);
  if (url === null) return null;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    findings.problems.push({ path: [...server.path, "url"], spot: "value", message: `found ${quote(url)}, which names no host; allowed: a whole https address` });
    return null;
  }
  if (servers.length > 1) findings.notes.push(`Of ${servers.length} servers ${quote(url)} was taken.`);
  return { url: url.replace(/[?#].*$/s, "").replace(/\/+$/, ""), at: server };
}

function fillIn(server: Located, template: string, findings: Findings): string | null {
  const before = findings.problems.length;
  const url = template.replace(/\{([^{}]*)\}/g, (place, name: string) => {
    const variable = child(child(server, "variables"), name);
    const { value } = child(variable, "default");
    if (typeof value !== "string" && typeof value !== "number") {
      findings.problems.push({ path: variable.path, spot: "value", message: `found no default of the server variable ${name}; allowed: a default` });
      return place;
    }
    findings.notes.push(`The server variable ${name} is ${quote(String(value))}.`);
    return String(value);
  });
  return findings.problems.length > before ? null : url;
}

/**
 * The path of an operation with its places filled in. `unfilled`: path parameters that have no value, of which a problem
 * was told already.
 */
export function filledPath(operation: ApiOperation, places: ReadonlyMap<string, string>, unfilled: ReadonlySet<string>, findings: Findings): string {
  return operation.path.replace(/\{([^{}]*)\}/g, (place, name: string) => {
    const value = places.get(name);
    if (value === undefined && !unfilled.has(name)) {
      findings.problems.push({ path: operation.at.path, spot: "key", message: `found ${place} in the path, and no path parameter of that name; allowed: a parameter with an example or a default` });
    }
    return value ?? place;
  });
}
