import { z } from "zod";

/** Where a definition is wrong: a dotted path (`config.url`), what was found, what is allowed. `line` from 1 where it came from a file. */
export const definitionProblemSchema = z.strictObject({ path: z.string(), message: z.string(), line: z.number().int().positive().exactOptional() });

// The messages of the schemas below say what is allowed; what was found is added where an issue is put into words.
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const AUTH_TYPES = ["bearer", "api_key", "basic", "none"] as const;
const NORMALIZE = ["flatten", "map_keys", "none"] as const;
const STATUS = ["ACTIVE", "INACTIVE"] as const;

export const methodSchema = z.enum(METHODS, { error: METHODS.join(", ") });
export const authTypeSchema = z.enum(AUTH_TYPES, { error: AUTH_TYPES.join(", ") });
export const normalizeSchema = z.enum(NORMALIZE, { error: NORMALIZE.join(", ") });

const SECRET_NAME = "the name of a secret, not the secret: letters, digits and _, not beginning with a digit, at most 100";

/** The name that a secret goes by; its value lives in the vault (contract 4.1). */
export const secretNameSchema = z.string({ error: SECRET_NAME }).regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/u, { error: SECRET_NAME });

/** JMESPath expressions are bounded in length; their depth is bounded where they are compiled. */
export const MAX_EXPRESSION = 2_000;

const HEADER = "one line of text of at most 8,000 characters, without characters beyond Latin-1";
const HEADER_NAME = "the name of a header: letters, digits and -, at most 200";
const HEADERS = "a map of names of headers and texts";
const SECONDS = "a whole number of seconds from 1 to 120";
const EXPRESSION = `a JMESPath expression of 1 to ${MAX_EXPRESSION.toLocaleString("en")} characters`;
const BODY = "a map: what is sent, and $input where the bot's payload is to be merged into it";

const header = z.string({ error: HEADER }).max(8_000, { error: HEADER }).regex(/^[\t\x20-\x7e\x80-\xff]*$/u, { error: HEADER });
const headerName = z.string({ error: HEADER_NAME }).regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/u, { error: HEADER_NAME });

/** An object that takes no other keys; for those, the message lists the ones it takes. */
function strict<Shape extends z.ZodRawShape>(shape: Shape, what = `a map with the keys ${Object.keys(shape).join(", ")}`) {
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(", ") : what) });
}

function limited(least: number, most: number) {
  const error = least === 0 ? `text of at most ${most.toLocaleString("en")} characters` : `text of ${least} to ${most.toLocaleString("en")} characters`;
  return { text: z.string({ error }).max(most, { error }), trimmed: z.string({ error }).trim().min(least, { error }).max(most, { error }) };
}

/**
 * What is sent to the service (contract 4.4): the keys of `body` as they stand, and with `$input: "bot.payload"` and
 * `transform: "json_merge"` the bot's payload merged into them. Without `body` nothing is sent.
 */
export const requestMappingSchema = strict({
  body: z
    .record(z.string().min(1, { error: "a key of 1 to 200 characters" }).max(200, { error: "a key of 1 to 200 characters" }), z.json({ error: "a value that JSON has" }), {
      error: (issue) => (issue.code === "invalid_key" ? "a key of 1 to 200 characters" : BODY),
    })
    .exactOptional()
    .describe("What is sent, as JSON; not with GET. With `$input: bot.payload` and `transform: json_merge` the bot's payload is merged into the other keys."),
});

export const responseMappingSchema = strict({
  extract: z.string({ error: EXPRESSION }).min(1, { error: EXPRESSION }).max(MAX_EXPRESSION, { error: EXPRESSION }).default("*").describe("JMESPath: the part of the reply that the bot gets."),
  normalize: normalizeSchema.default("none").describe("flatten: a list becomes { items, count }, a single value { value }. map_keys: keys in lower case, spaces as _. none: as it is."),
});

/**
 * A REST integration of a bot (contract 4.1). The one schema of files, the form and the registration; what a field alone
 * cannot say (https, no credentials in the address, no body on GET) is in `electron/integrations/definition.ts`.
 */
export const integrationDefinitionSchema = strict({
  name: limited(3, 100).trimmed.describe("What the integration is called."),
  description: limited(0, 1_000).text.default("A REST service that the bot asks.").describe("What it is for."),
  status: z.enum(STATUS, { error: STATUS.join(", ") }).default("ACTIVE").describe("Whether the bot may use it."),
  bot_id: limited(1, 200).trimmed.describe("The bot that it belongs to."),
  config: strict({
    url: limited(1, 2_000).trimmed.describe("The address of the service: https, without user name, password, key or fragment."),
    method: methodSchema.default("POST").describe("The HTTP method."),
    auth_type: authTypeSchema.default("bearer").describe("How the secret is sent: bearer token, the bare secret in a header (api_key), user:password (basic), or not at all."),
    auth_header_name: headerName.default("Authorization").describe("The header that the secret goes into."),
    headers: z
      .record(headerName, header, { error: (issue) => (issue.code === "invalid_key" ? HEADER_NAME : HEADERS) })
      .default({})
      .describe("Headers that are sent with every request. No secrets: those go by `secret`."),
    request_mapping: requestMappingSchema.default({}).describe("What is sent to the service."),
    response_mapping: responseMappingSchema.prefault({}).describe("What the bot gets of the reply."),
    timeout_seconds: z.number({ error: SECONDS }).int({ error: SECONDS }).min(1, { error: SECONDS }).max(120, { error: SECONDS }).default(30).describe("How long one attempt may take."),
    secret: secretNameSchema.default("EXTERNAL_API_KEY").describe("The name under which the secret is stored; never the secret itself."),
  }).describe("How the service is asked, and what is made of its reply."),
});

/** What the platform says of an integration that was registered (contract 4.2). `at`: ms since the Unix epoch. */
export const registrationSchema = z.strictObject({ id: z.string().min(1).max(200), at: z.number(), status: z.string(), definition: integrationDefinitionSchema });

export type DefinitionProblem = z.infer<typeof definitionProblemSchema>;
export type IntegrationDefinition = z.infer<typeof integrationDefinitionSchema>;
export type Registration = z.infer<typeof registrationSchema>;
export type Normalize = z.infer<typeof normalizeSchema>;
export type JsonValue = z.infer<ReturnType<typeof z.json>>;
