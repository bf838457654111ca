import type { IntegrationDefinition, JsonValue } from "../../shared/integration.ts";
import type { Result } from "../../shared/result.ts";

/** Why a mapping gives nothing: `path` is the expression or key at fault, `message` what was found and what is allowed. */
export interface MappingFault {
  readonly path: string;
  readonly message: string;
}

/** What a response mapping makes of a body (contract 4.4): what the expression found, and that in its normal form. */
export interface MappedResponse {
  readonly extracted: JsonValue;
  readonly normalized: JsonValue;
}

/** Maps a reply. */
export type MapResponse = (body: JsonValue, mapping: IntegrationDefinition["config"]["response_mapping"]) => Result<MappedResponse, MappingFault>;
/** The body of a request, from the bot's payload; null where the mapping has none. */
export type MapRequest = (payload: JsonValue, config: IntegrationDefinition["config"]) => Result<JsonValue | null, MappingFault>;
