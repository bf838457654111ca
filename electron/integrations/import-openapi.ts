import type { DefinitionProblem } from "../../shared/integration.ts";
import type { ImportResult } from "../../shared/integration-view.ts";
import { fieldName, openDocument, type SourceDocument } from "../documents/document.ts";
import { describeValue, didYouMean, quote } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { readJson } from "../documents/json-source.ts";
import { readYaml } from "../documents/yaml-source.ts";
import { pathText } from "./definition.ts";
import { draftImport } from "./import-draft.ts";
import { filledPath, serverAddress } from "./import-openapi-address.ts";
import { readRequestBody } from "./import-openapi-body.ts";
import { type ApiOperation, findOperations } from "./import-openapi-operations.ts";
import { readParameters } from "./import-openapi-parameters.ts";
import { suggestExtract } from "./import-openapi-reply.ts";
import { readSecurity } from "./import-openapi-security.ts";
import { child, type Findings, isLocatedMap, type Located, textAt } from "./import-openapi-source.ts";

/** How much text may be pasted (shared/panel.ts). */
const MAX_TEXT = 100_000;
const ALLOWED = "an OpenAPI document of version 3.0 or 3.1, as JSON or YAML";

/**
 * Makes a draft of one operation of an OpenAPI document, or lists its operations where `operation` is null. What a
 * definition cannot express is refused by its place in the document, or left out with a note where it is optional.
 */
export function importOpenApi(text: string, operation: string | null): ImportResult {
  if (text.length > MAX_TEXT) return { kind: "refused", problems: [{ path: "", message: `found ${text.length.toLocaleString("en")} characters; allowed: ${ALLOWED}, of at most ${MAX_TEXT.toLocaleString("en")}` }] };
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const source = openDocument(bare, /^\s*[{[]/.test(bare) ? readJson(bare) : readYaml(bare));
  const explain = toldWith(source);
  if (source.faults.length > 0) return { kind: "refused", problems: source.faults.map(({ at, path, message }) => ({ path: fieldName(path), message, ...(at === null ? {} : { line: source.offsetPlace(at).line }) })) };
  const root: Located = { value: source.value, path: [] };
  const unfit = whyUnfit(root);
  if (unfit !== null) return { kind: "refused", problems: [explain(unfit)] };

  const findings: Findings = { problems: [], notes: [] };
  const operations = findOperations(root, findings);
  if (operations.length === 0) {
    const problems = findings.problems.length > 0 ? findings.problems : [{ path: ["paths"], spot: "value", message: "found no operation; allowed: paths with get, post, put, patch or delete" } as const];
    return { kind: "refused", problems: problems.map(explain) };
  }
  if (operation === null) return { kind: "operations", operations: operations.map(({ id, method, path, summary }) => ({ id, method, path, summary })) };
  const chosen = operations.find(({ id }) => id === operation);
  if (chosen === undefined) {
    const ids = operations.map(({ id }) => id);
    return { kind: "refused", problems: [{ path: "paths", message: `found no operation ${quote(operation)}; allowed: ${ids.slice(0, 20).join(", ")}${ids.length > 20 ? " …" : ""}${didYouMean(operation, ids)}` }] };
  }
  return convert(root, chosen, explain);
}

function convert(root: Located, operation: ApiOperation, explain: (problem: PathProblem) => DefinitionProblem): ImportResult {
  const findings: Findings = { problems: [], notes: [] };
  const server = serverAddress(root, operation, findings);
  const parameters = readParameters(root, operation, findings);
  const security = readSecurity(root, operation, findings);
  const body = readRequestBody(root, operation, findings);
  const extract = suggestExtract(root, operation);
  if (security !== null && parameters.auth !== null && security.header.toLowerCase() !== parameters.auth.header.toLowerCase()) {
    findings.problems.push({ path: operation.at.path, spot: "key", message: `found two headers with credentials, ${security.header} and ${parameters.auth.header}; allowed: one` });
  }
  const path = filledPath(operation, parameters.places, parameters.unfilled, findings);
  if (server === null || findings.problems.length > 0) return { kind: "refused", problems: findings.problems.map(explain) };

  if (isLocatedMap(child(operation.at, "callbacks"))) findings.notes.push("Left out: the callbacks of the operation.");
  if (child(operation.at, "deprecated").value === true) findings.notes.push("The document calls this operation deprecated.");
  if (extract !== null) findings.notes.push(`extract: ${extract} is a suggestion by the schema of the reply.`);
  const description = textAt(child(operation.at, "description")) ?? textAt(child(operation.at, "summary"));
  return draftImport(
    {
      name: textAt(child(operation.at, "summary")) ?? operation.id,
      ...(description === null ? {} : { description }),
      url: `${server.url}${path}${parameters.query.length === 0 ? "" : `?${parameters.query.join("&")}`}`,
      method: operation.method,
      auth: security ?? parameters.auth,
      headers: Object.fromEntries(parameters.headers),
      body,
      ...(extract === null ? {} : { extract }),
      notes: findings.notes,
    },
    (wrong) => ({ ...explain({ ...wrong, path: wrong.path[1] === "url" ? server.at.path : operation.at.path }), path: pathText(wrong.path) }),
  );
}

/** Problems with the lines of the document. */
function toldWith(source: SourceDocument): (problem: PathProblem) => DefinitionProblem {
  return ({ path, spot, message }) => {
    const place = source.place(path, spot);
    return { path: pathText(path), message, ...(place === null ? {} : { line: place.line }) };
  };
}

/** Why a document is none that can be imported; null where it is one. */
function whyUnfit(root: Located): PathProblem | null {
  if (!isLocatedMap(root)) return { path: [], spot: "value", message: `found ${typeof root.value === "string" ? "a plain text" : describeValue(root.value)}; allowed: ${ALLOWED}` };
  const swagger = child(root, "swagger");
  if (swagger.value !== undefined) return { path: swagger.path, spot: "key", message: `found OpenAPI ${textAt(swagger) ?? "2.0"} (Swagger); allowed: ${ALLOWED} (converters from 2.0 to 3.0 are at hand)` };
  const version = child(root, "openapi");
  if (version.value === undefined) return { path: [], spot: "value", message: `found no key openapi; allowed: ${ALLOWED}` };
  // YAML takes 3.1 without quotes for a number, and 3.0 for 3.
  const known = typeof version.value === "number" ? version.value === 3 || version.value === 3.1 : /^3\.[01](?:\.|$)/.test(textAt(version) ?? "");
  return known ? null : { path: version.path, spot: "value", message: `found ${describeValue(version.value)}; allowed: ${ALLOWED}` };
}
