import { z } from "zod";

/** A column of a database that holds JSON of this form. */
export const json = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text, context) => {
    try {
      const value: unknown = JSON.parse(text);
      return value;
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  }).pipe(schema);
