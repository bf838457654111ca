import { z } from "zod";

/** Where a definition is wrong: a dotted path (`config.url`), what was found, what is allowed. `line` from 1 where it came from a file. */
export const definitionProblemSchema = z.strictObject({ path: z.string(), message: z.string(), line: z.number().int().positive().exactOptional() });

export const methodSchema = z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]);
export const authTypeSchema = z.enum(["bearer", "api_key", "basic", "none"]);
export const normalizeSchema = z.enum(["flatten", "map_keys", "none"]);

/** The name that a secret goes by; its value lives in the vault (contract 4.1). */
export const secretNameSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/u, "letters, digits and _, not beginning with a digit, 100 at most");

/** JMESPath expressions are bounded in length; their depth is bounded where they are compiled. */
export const MAX_EXPRESSION = 2_000;

const header = z.string().max(8_000).regex(/^[\t\x20-\x7e\x80-\xff]*$/u, "one line of text");
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/u, "the name of a header");

/** What is sent to the service: every mapping key as it stands, `body.$input` replaced by the bot's payload (contract 4.4). */
export const requestMappingSchema = z.record(z.string().min(1).max(200), z.json());

export const responseMappingSchema = z.strictObject({
  extract: z.string().min(1).max(MAX_EXPRESSION).default("*"),
  normalize: normalizeSchema.default("none"),
});

/**
 * A REST integration of a bot (contract 4.1). The one schema of files, the form and the registration; what a field alone
 * cannot say (https, no credentials in the address, no body on GET) is in `electron/integrations/definition.ts`.
 */
export const integrationDefinitionSchema = z.strictObject({
  name: z.string().trim().min(3).max(100),
  description: z.string().max(1_000).default("A REST service that the bot asks."),
  status: z.enum(["ACTIVE", "INACTIVE"]).default("ACTIVE"),
  bot_id: z.string().trim().min(1).max(200),
  config: z.strictObject({
    url: z.string().min(1).max(2_000),
    method: methodSchema.default("POST"),
    auth_type: authTypeSchema.default("bearer"),
    auth_header_name: headerName.default("Authorization"),
    headers: z.record(headerName, header).default({}),
    request_mapping: requestMappingSchema.default({}),
    response_mapping: responseMappingSchema.prefault({}),
    timeout_seconds: z.number().int().min(1).max(120).default(30),
    secret: secretNameSchema.default("EXTERNAL_API_KEY"),
  }),
});

/** What the platform says of an integration that was registered (contract 4.2). `at`: ms since the Unix epoch. */
export const registrationSchema = z.strictObject({ id: z.string().min(1).max(200), at: z.number(), status: z.string(), definition: integrationDefinitionSchema });

export type DefinitionProblem = z.infer<typeof definitionProblemSchema>;
export type IntegrationDefinition = z.infer<typeof integrationDefinitionSchema>;
export type Registration = z.infer<typeof registrationSchema>;
export type Normalize = z.infer<typeof normalizeSchema>;
export type JsonValue = z.infer<ReturnType<typeof z.json>>;
