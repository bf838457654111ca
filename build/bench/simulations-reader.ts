import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { parseSuite } from "../../electron/simulations/suite-file.ts";

/** A suite to be read in a thread of its own, where nothing was compiled before. */
export const readingSchema = z.strictObject({ file: z.string(), text: z.string() });
/** `found`: cases of a sound suite, or problems of another. */
export const readSchema = z.strictObject({ ms: z.number(), sound: z.boolean(), found: z.number().int() });

if (parentPort !== null) read(parentPort, readingSchema.parse(workerData));

function read(port: MessagePort, reading: z.infer<typeof readingSchema>): void {
  const startedMs = performance.now();
  const parsed = parseSuite(reading);
  const ms = performance.now() - startedMs;
  const message: z.infer<typeof readSchema> = { ms, sound: parsed.ok, found: parsed.ok ? parsed.value.cases.length : parsed.error.length };
  port.postMessage(message);
}
