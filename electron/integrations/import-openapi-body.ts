import { z } from "zod";
import type { JsonValue } from "../../shared/integration.ts";
import { describeValue } from "../documents/found-words.ts";
import { isJsonType } from "./definition-headers.ts";
import { givenExample, skeleton } from "./import-openapi-example.ts";
import type { ApiOperation } from "./import-openapi-operations.ts";
import { child, type Findings, keyed, type Located, resolved } from "./import-openapi-source.ts";

const keysSchema = z.record(z.string(), z.json());

/** The media type of a `content` that is JSON; null where there is none. */
export function jsonContent(content: Located): Located | null {
  const types = keyed(content);
  const found = types.find(([type]) => /^application\/json$/i.test(type)) ?? types.find(([type]) => isJsonType(type)) ?? types.find(([type]) => type === "*/*" || type === "application/*");
  return found?.[1] ?? null;
}

/** The keys of the body that an operation takes: its example, or a skeleton by its schema. Null where it takes none. */
export function readRequestBody(root: Located, { at, method }: ApiOperation, findings: Findings): Readonly<Record<string, JsonValue>> | null {
  const given = child(at, "requestBody");
  if (given.value === undefined) return null;
  const body = resolved(root, given, findings);
  if (body === null) return null;
  if (method === "GET") {
    findings.notes.push("Left out: the body, which GET does not have.");
    return null;
  }
  const content = child(body, "content");
  const media = jsonContent(content);
  const required = child(body, "required").value === true;
  if (media === null) {
    const types = keyed(content).map(([type]) => type).join(", ");
    if (required) findings.problems.push({ path: content.path, spot: "value", message: `found ${types === "" ? "no content" : types}; allowed: application/json` });
    else findings.notes.push(`Left out: the optional body (${types}), which is not JSON.`);
    return null;
  }
  const value = givenExample(root, media) ?? skeleton(root, child(media, "schema"), findings) ?? {};
  const keys = keysSchema.safeParse(value);
  if (keys.success) return keys.data;
  findings.problems.push({ path: media.path, spot: "value", message: `found a body that is ${describeValue(value)}; allowed: a JSON object` });
  return null;
}
