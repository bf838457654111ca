import { z } from "zod";
import { integrationDefinitionSchema } from "../../shared/integration.ts";

const schemaKey = { type: "string", description: "The address of this schema, for editors." } as const;

/**
 * The JSON Schema (draft 2020-12) of definition files, YAML and JSON alike, for editors: what may be written, with
 * descriptions. Rules that only the check knows (secrets, collisions of headers) are not in it.
 */
export function definitionJsonSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(integrationDefinitionSchema, { target: "draft-2020-12", io: "input", unrepresentable: "any" });
  return { title: "Callside REST integration", ...schema, properties: { $schema: schemaKey, ...schema.properties } };
}
