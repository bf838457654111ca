import { configJsonSchema } from "../config/json-schema.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";

/** `config schema`: the JSON Schema as a document on stdout, with --json as event `schema {schema}`. */
export const configSchema: Command = {
  usage: "",
  maxPositionals: 0,
  options: {},
  run({ output }) {
    const schema = configJsonSchema();
    output.event("schema", { schema }, JSON.stringify(schema, null, 2));
    return Promise.resolve(exitCodes.done);
  },
};
