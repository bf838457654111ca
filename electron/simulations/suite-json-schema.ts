import { z } from "zod";
import { suiteFileSchema } from "./suite-schema.ts";

/** The JSON Schema (draft 2020-12) of suite files, YAML and JSON alike, for editors: what may be written, with descriptions. */
export function suiteJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { title: "Callside simulation suite", ...z.toJSONSchema(suiteFileSchema, { target: "draft-2020-12", io: "input", unrepresentable: "any" }) };
}
