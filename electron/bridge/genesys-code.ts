import { z } from "zod";

const errorSchema = z.object({ code: z.string().regex(/^[\w.-]{1,80}$/) });

/** The platform's code of a refusal (`{message, code, status}`). Its message stays unread: it may quote what was sent. */
export function genesysCode(_status: number, body: unknown): string | undefined {
  return errorSchema.safeParse(body).data?.code;
}
