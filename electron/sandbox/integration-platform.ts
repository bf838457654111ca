import type { FaultBoard, FaultName } from "./faults.ts";
import { registeredSchema } from "./integration-schema.ts";
import type { OauthPlatform } from "./oauth-platform.ts";
import { json, readJson, refusal, type Route, type SandboxReply, type SandboxRequest } from "./routes.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { findBot } from "./tenant-bots.ts";

/** The base of everything of the tenant. */
export const TENANT_PATH = "/tenant";
/** Every scope that a client of integrations asks for (contract 0). */
export const integrationScopes = ["cognigy:platform:read", "cognigy:integrations:write", "cognigy:webhooks:manage"] as const;

const PATH = `${TENANT_PATH}/api/v1/integrations`;
/** More than these are not kept; the oldest go first. */
const MAX_REGISTERED = 1_000;

/** What was seen of the registry. */
export interface IntegrationStats {
  /** Requests to register, those included that were refused. */
  readonly registerRequests: number;
  /** Kept now. */
  readonly registeredIntegrations: number;
}

/** The tenant's registry of integrations from the platform's side (contract 4.2). */
export interface IntegrationPlatform {
  readonly routes: readonly Route[];
  /** A fault that means a moment. */
  strike(name: FaultName): void;
  stats(): IntegrationStats;
}

export interface IntegrationPlatformOptions {
  readonly faults: FaultBoard;
  readonly oauth: OauthPlatform;
  readonly clock: SandboxClock;
  /** Makes the part of an id that tells registrations apart, also those of another start. */
  readonly newId: () => string;
}

interface Registered {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly created_at: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Builds the registry. Sent twice with the same `Idempotency-Key`, a definition is registered once. */
export function createIntegrationPlatform({ faults, oauth, clock, newId }: IntegrationPlatformOptions): IntegrationPlatform {
  const registered = new Map<string, Registered>();
  const byKey = new Map<string, Registered>();
  let requests = 0;

  const register = (request: SandboxRequest): SandboxReply => {
    requests += 1;
    if (faults.values["register-timeout"] === "on") return { kind: "silence" };
    const refused = faults.values["register-refuse"];
    if (refused === 400) return invalid([{ field: "name", message: "refused for practice" }]);
    if (refused !== undefined) return refusal(refused, "refused for practice");
    const allowed = oauth.check(request.authorization, "cognigy:integrations:write");
    if (!allowed.ok) return refusal(allowed.status, allowed.message);
    const body = readJson(request);
    if (!body.ok) return refusal(400, body.error);
    const read = registeredSchema.safeParse(body.value);
    if (!read.success) return invalid(read.error.issues.map(({ path, message }) => ({ field: path.join("."), message })));
    const { name, status, bot_id: botId, config } = read.data;
    // Whose bot it is, if it is anybody's, is not told.
    if (findBot(botId, faults).kind !== "known") return refusal(403, "bot_id: this client may not create integrations for this bot");
    const before = request.idempotencyKey === "" ? undefined : byKey.get(request.idempotencyKey);
    if (before !== undefined) return json(201, before);
    const made: Registered = { id: `int_${newId()}`, name, status, created_at: new Date(clock.now()).toISOString(), config };
    keep(registered, made.id, made);
    if (request.idempotencyKey !== "") keep(byKey, request.idempotencyKey, made);
    return json(201, made);
  };

  const list = (request: SandboxRequest): SandboxReply => {
    const allowed = oauth.check(request.authorization, "cognigy:platform:read");
    return allowed.ok ? json(200, { items: [...registered.values()] }) : refusal(allowed.status, allowed.message);
  };

  return {
    routes: [oauth.route, { method: "GET", path: PATH, handle: list }, { method: "POST", path: PATH, handle: register }],
    strike(name) {
      if (name === "expired-tokens") oauth.expireAll();
    },
    stats: () => ({ registerRequests: requests, registeredIntegrations: registered.size }),
  };
}

function invalid(errors: readonly { readonly field: string; readonly message: string }[]): SandboxReply {
  return json(400, { code: 400, message: "the integration is not valid", errors });
}

function keep(map: Map<string, Registered>, key: string, value: Registered): void {
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > MAX_REGISTERED && oldest.done !== true) map.delete(oldest.value);
}
