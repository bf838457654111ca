import { suiteJsonSchema } from "../simulations/suite-json-schema.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";

/** `simulate schema`: the JSON Schema of suite files as a document on stdout, with --json as event `schema {schema}`. */
export const simulateSchema: Command = {
  usage: "",
  maxPositionals: 0,
  options: {},
  run({ output }) {
    const schema = suiteJsonSchema();
    output.event("schema", { schema }, JSON.stringify(schema, null, 2));
    return Promise.resolve(exitCodes.done);
  },
};
