import { z } from "zod";
import { configFileSchema } from "./config-schema.ts";

/**
 * The JSON Schema (draft 2020-12) of callside.config.json, for editors: what may be written, with descriptions and
 * defaults.
 */
export function configJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { title: "Callside configuration", ...z.toJSONSchema(configFileSchema, { target: "draft-2020-12", io: "input" }) };
}
