import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { definitionProblemSchema, MAX_EXPRESSION, methodSchema, normalizeSchema, registrationSchema, secretNameSchema } from "./integration.ts";

const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();

/** What is known of an integration's calls since the program began; latencies in ms, null where there were none. */
export const integrationStatsSchema = z.strictObject({
  calls: count,
  failures: count,
  p50: ms.nullable(),
  p95: ms.nullable(),
  p99: ms.nullable(),
  lastAt: z.number().nullable(),
  /** Its host gets no requests until then (ms since the epoch); null where it does. */
  pausedUntil: z.number().nullable(),
});

/** One definition that is kept here. `key` names it for the commands and stays when its name changes. */
export const integrationRowSchema = z.strictObject({
  key: z.string(),
  name: z.string(),
  method: z.string(),
  host: z.string(),
  problems: count,
  /** The last registration; `changed`: the definition is another now. */
  registered: z.strictObject({ id: z.string(), at: z.number(), changed: z.boolean() }).nullable(),
  stats: integrationStatsSchema,
});

/** Where secrets are kept: protected by the OS, only in memory until the program ends, or given by the environment. */
export const secretSourceSchema = z.enum(["key-store", "memory", "environment"]);

/** A secret by name, never by value. `shadowed`: the environment gives one of the same name, which comes first. */
export const secretRowSchema = z.strictObject({ name: z.string(), source: secretSourceSchema, shadowed: z.boolean() });

export const integrationsViewSchema = z.strictObject({
  rows: z.array(integrationRowSchema).readonly(),
  secrets: z.strictObject({
    /** Where a new secret would be kept. */
    keptIn: z.enum(["key-store", "memory"]),
    /** Why the OS's key store cannot be used; null where it can. */
    why: z.string().nullable(),
    rows: z.array(secretRowSchema).readonly(),
  }),
});

/** A definition as it is being written: a JSON object, right or wrong. */
export const draftSchema = z.record(z.string(), z.json());

/** All about one definition. `registrations` newest first. */
export const integrationDetailsSchema = z.strictObject({
  key: z.string(),
  draft: draftSchema,
  problems: z.array(definitionProblemSchema).readonly(),
  registrations: z.array(registrationSchema).readonly(),
  fixtures: z.array(z.strictObject({ name: z.string(), bytes: count, at: z.number() })).readonly(),
});

/** What a mapping makes of a body, or why nothing (`path`: the expression that is at fault). Texts are JSON, cut for the panel. */
export const mappedSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mapped"), extracted: z.string(), normalized: z.string(), cut: z.boolean() }),
  z.strictObject({ kind: z.literal("refused"), message: z.string(), path: z.string() }),
]);

/** What a body is taken from: the reply of a try, a fixture, or a text. */
export const mapSourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("try"), tryId: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal("fixture"), key: z.string().min(1).max(200), name: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal("text"), text: z.string().max(100_000) }),
]);

export const mapInputSchema = z.strictObject({ source: mapSourceSchema, extract: z.string().max(MAX_EXPRESSION * 100), normalize: normalizeSchema });

/** A request as it goes out, secrets masked. */
export const shownRequestSchema = z.strictObject({
  method: methodSchema,
  url: z.string(),
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })).readonly(),
  body: z.string().nullable(),
});

/** One try of a definition against its service. Latency in ms, from the first attempt to the last byte. */
export const tryResultSchema = z.strictObject({
  tryId: z.string(),
  request: shownRequestSchema,
  attempts: count,
  latencyMs: ms,
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("answered"),
      statusCode: z.number().int(),
      headers: z.array(z.strictObject({ name: z.string(), value: z.string() })).readonly(),
      /** JSON where it is, cut for the panel. */
      body: z.string(),
      bytes: count,
      cut: z.boolean(),
      mapped: mappedSchema,
    }),
    z.strictObject({ kind: z.literal("failed"), fault: faultSchema, statusCode: z.number().int().nullable(), body: z.string().nullable() }),
  ]),
});

/** What was made of a pasted curl command or an OpenAPI document. `operations`: those to choose from, where none was named. */
export const importResultSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("draft"), draft: draftSchema, notes: z.array(z.string()).readonly() }),
  z.strictObject({ kind: z.literal("operations"), operations: z.array(z.strictObject({ id: z.string(), method: z.string(), path: z.string(), summary: z.string() })).readonly() }),
  z.strictObject({ kind: z.literal("refused"), problems: z.array(definitionProblemSchema).readonly() }),
]);

export const secretInputSchema = z.strictObject({ name: secretNameSchema, value: z.string().min(1).max(10_000) });

export type IntegrationStats = z.infer<typeof integrationStatsSchema>;
export type IntegrationRow = z.infer<typeof integrationRowSchema>;
export type SecretRow = z.infer<typeof secretRowSchema>;
export type IntegrationsView = z.infer<typeof integrationsViewSchema>;
export type Draft = z.infer<typeof draftSchema>;
export type IntegrationDetails = z.infer<typeof integrationDetailsSchema>;
export type Mapped = z.infer<typeof mappedSchema>;
export type MapInput = z.infer<typeof mapInputSchema>;
export type TryResult = z.infer<typeof tryResultSchema>;
export type ImportResult = z.infer<typeof importResultSchema>;
