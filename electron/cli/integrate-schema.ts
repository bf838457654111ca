import { definitionJsonSchema } from "../integrations/definition-json-schema.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";

/** `integrate schema`: the JSON Schema of definitions as a document on stdout, with --json as event `schema {schema}`. */
export const integrateSchema: Command = {
  usage: "",
  maxPositionals: 0,
  options: {},
  run({ output }) {
    const schema = definitionJsonSchema();
    output.event("schema", { schema }, JSON.stringify(schema, null, 2));
    return Promise.resolve(exitCodes.done);
  },
};
