import type { ImportResult } from "../../shared/integration-view.ts";
import { importCurl } from "./import-curl.ts";
import { importOpenApi } from "./import-openapi.ts";

/** Imports what was pasted: a curl command, or else an OpenAPI document, of which `operation` names the operation (null: they are listed). */
export function importText(text: string, operation: string | null): ImportResult {
  if (/^\s*curl(?:\.exe)?(?:\s|$)/i.test(text)) return importCurl(text);
  const result = importOpenApi(text, operation);
  if (result.kind !== "refused" || /^\s*(?:[{[]|["']?(?:openapi|swagger)\b)/m.test(text)) return result;
  return { kind: "refused", problems: [{ path: "", message: "found a text that is neither of what can be imported; allowed: a curl command, or an OpenAPI document of version 3.0 or 3.1, as JSON or YAML" }] };
}
