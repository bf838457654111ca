import type { Fault } from "../../shared/fault.ts";
import type { DefinitionProblem, IntegrationDefinition, JsonValue, Registration } from "../../shared/integration.ts";
import type { TryResult } from "../../shared/integration-view.ts";
import type { Execution, ExecutionFailure } from "../integrations/execution.ts";
import type { MappingFault } from "../integrations/mapping-fault.ts";
import { faultMessage } from "./fault-message.ts";
import type { Line } from "./line.ts";

/** `valid {file, name, notes[]}`. */
export function validLine(file: string, { name, config }: IntegrationDefinition, notes: readonly string[]): Line {
  const secret = config.auth_type === "none" ? "no secret" : `${config.auth_type} with the secret ${config.secret}`;
  const human = [`${file} is valid: ${name}, ${config.method} ${config.url}, ${secret}`, ...notes.map((note) => `  note: ${note}`)].join("\n");
  return { event: "valid", fields: { file, name, notes }, human };
}

/** `invalid {file, errors[{path, message, line?}]}`: everything that is wrong with a definition. */
export function invalidLine(file: string, problems: readonly DefinitionProblem[]): Line {
  const head = `${file} has ${problems.length === 1 ? "a mistake" : `${problems.length} mistakes`}:`;
  const listed = problems.map(({ path, message, line }) => `  ${[...(line === undefined ? [] : [`line ${line}`]), ...(path === "" ? [] : [path]), message].join(": ")}`);
  return { event: "invalid", fields: { file, errors: problems }, human: [head, ...listed].join("\n") };
}

/** `registered {id, name, status, registeredAt}`. */
export function registeredLine({ id, status, at, definition: { name } }: Registration): Line {
  return { event: "registered", fields: { id, name, status, registeredAt: new Date(at).toISOString() }, human: `${name} is registered as ${id} (${status})` };
}

/** `executed {statusCode, latencyMs, attempts, result, request}`: what the bot would see; secrets of the request masked. */
export function executedLine(request: TryResult["request"], { statusCode, latencyMs, attempts }: Execution, result: JsonValue): Line {
  const human = [requestText(request), "", replyText(statusCode, latencyMs, attempts), "", JSON.stringify(result, null, 2)].join("\n");
  return { event: "executed", fields: { statusCode, latencyMs: rounded(latencyMs), attempts, result, request }, human };
}

/** `failed {reason, path, statusCode, latencyMs, attempts, request}`: the service answered, and the mapping finds nothing in it. */
export function unmappedLine(request: TryResult["request"], { statusCode, latencyMs, attempts, body }: Execution, { path, message }: MappingFault): Line {
  const reason = message.startsWith(path) ? message : `${path}: ${message}`;
  const human = [requestText(request), "", replyText(statusCode, latencyMs, attempts), beginning(JSON.stringify(body, null, 2)), "", `The mapping failed. ${reason}`].join("\n");
  return { event: "failed", fields: { reason, path, statusCode, latencyMs: rounded(latencyMs), attempts, request }, human };
}

/** `failed {reason, code, statusCode?, latencyMs, attempts, body?, request?}`: the service was not asked, or did not answer as it should. */
export function failedLine(request: TryResult["request"] | null, { fault, statusCode, body, latencyMs, attempts }: ExecutionFailure): Line {
  const reason = faultMessage(fault);
  const fields = {
    reason,
    code: fault.code,
    ...(statusCode === null ? {} : { statusCode }),
    latencyMs: rounded(latencyMs),
    attempts,
    ...(body === null ? {} : { body }),
    ...(request === null ? {} : { request }),
  };
  const human = [
    ...(request === null ? [] : [requestText(request), ""]),
    ...(statusCode === null ? [] : [replyText(statusCode, latencyMs, attempts)]),
    ...(body === null || body === "" ? [] : [body]),
    ...(statusCode === null ? [] : [""]),
    `It failed. ${reason}`,
  ].join("\n");
  return { event: "failed", fields, human };
}

/** `failed {reason, code}`: it was not registered. */
export function refusedLine(fault: Fault): Line {
  const reason = faultMessage(fault);
  return { event: "failed", fields: { reason, code: fault.code }, human: `It is not registered. ${reason}` };
}

function requestText({ method, url, headers, body }: TryResult["request"]): string {
  return [`${method} ${url}`, ...headers.map(({ name, value }) => `  ${name}: ${value}`), ...(body === null ? [] : ["", indented(body)])].join("\n");
}

function replyText(statusCode: number, latencyMs: number, attempts: number): string {
  return `${statusCode} after ${latencyMs < 10 ? latencyMs.toFixed(1) : Math.round(latencyMs)} ms${attempts === 1 ? "" : `, ${attempts} attempts`}`;
}

const MAX_BODY = 2_000;

function beginning(text: string): string {
  return text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}\n… and ${(text.length - MAX_BODY).toLocaleString("en")} characters more` : text;
}

function indented(text: string): string {
  return beginning(text).replaceAll(/^/gmu, "  ");
}

/** Milliseconds with three places: what lies behind them is noise. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
