import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationDefinition, JsonValue, Registration } from "../../shared/integration.ts";
import type { IntegrationStats } from "../../shared/integration-view.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { credentials } from "../config/credentials.ts";
import type { MeasuredIntegration } from "../integrations/integration-metrics.ts";
import type { Integrations, IntegrationsOptions, RunResult } from "../integrations/integrations.ts";
import { createIntegrationsNotices } from "./integrations-notices.ts";
import type { IntegrationsMade } from "./integrations-platform.ts";
import { createListeners } from "./listeners.ts";
import type { Notices } from "./notices.ts";
import type { Records } from "./records.ts";
import { createSecretsDesk, type OpenSecrets, type SecretsDesk } from "./secrets-desk.ts";
import { createSlot } from "./slot.ts";

/** Runs and registers integrations as the configuration wants them at the moment; audit, metrics and webhook hear of each run. */
export interface IntegrationsBench extends AsyncDisposable {
  apply(config: Config): Promise<void>;
  /** Whether the configuration has the section. */
  isOn(): boolean;
  readonly secrets: SecretsDesk;
  /** Hears that it was switched on or off. */
  onSwitched(listener: () => void): void;
  /** Hears that figures, pauses or secrets may be otherwise. */
  onChanged(listener: () => void): void;
  /** The fault: integrations cannot be had. What becomes of the run itself is in its result. */
  run(definition: IntegrationDefinition, id: string | null, payload: JsonValue, signal: AbortSignal): Promise<Result<RunResult, Fault>>;
  register(definition: IntegrationDefinition, signal: AbortSignal): Promise<Result<Registration, Fault>>;
  /** By the id or name that runs were counted under; null while integrations are off. */
  stats(id: string, url: string): IntegrationStats | null;
  /** All that ran since integrations were opened, also after they were closed with the program; null while they are off. */
  measured(): readonly MeasuredIntegration[] | null;
}

export interface IntegrationsBenchOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  readonly notices: Notices;
  readonly records: Pick<Records, "integration" | "note">;
  readonly openSecrets: OpenSecrets;
  /** Works without the section too, for whoever only runs a definition. */
  readonly always: boolean;
  readonly resolve?: IntegrationsOptions["resolve"];
  /** Hears that a secret has another value now, or none. */
  readonly onSecret?: (name: string) => void;
  readonly onBug: (bug: unknown) => void;
}

const OFF: Fault = { kind: "policy", code: "not-found-here", detail: "integrations are off: the configuration has no section integrations" };

/** What integrations are made from; `secretAt` counts the changes of the signing secret. */
interface Made extends IntegrationsMade {
  /** Part of it, so that a secret that is put or replaced opens them anew. */
  readonly pair: ReturnType<typeof credentials>;
  readonly secretAt: number;
}

/** Follows the configuration with open integrations. What opens them is loaded when they are first on. */
export function createIntegrationsBench(options: IntegrationsBenchOptions): IntegrationsBench {
  const { notices, records, onBug } = options;
  const switched = createListeners<[]>(onBug);
  const changed = createListeners<[]>(onBug);
  const told = createIntegrationsNotices(notices);
  const closing = new AbortController();
  let wanted: Made = { section: undefined, network: { caFile: undefined, proxy: undefined }, otlpUrl: undefined, pair: credentials(options.env, "integrations"), secretAt: 0 };
  let fault: Fault | null = null;
  let measured = (): readonly MeasuredIntegration[] => [];
  const tellChanged = (): void => {
    changed.tell();
  };

  const secrets = createSecretsDesk({
    open: options.openSecrets,
    signal: closing.signal,
    notices,
    records,
    onChanged(name) {
      if (name === wanted.section?.webhookSecret) {
        wanted = { ...wanted, secretAt: wanted.secretAt + 1 };
        slot.make(wanted).catch(onBug);
      }
      options.onSecret?.(name);
      tellChanged();
    },
  });

  const slot = createSlot(async (made: Made): Promise<Integrations | null> => {
    fault = null;
    measured = () => [];
    told.webhookChanged();
    if (made.section === undefined) return null;
    const { openIntegrationsPlatform } = await import("./integrations-platform.ts");
    const { webhookUrl = "", webhookSecret: name } = made.section ?? {};
    const secret = name === undefined ? null : await secrets.read(name);
    if (name !== undefined && webhookUrl !== "" && (secret?.ok !== true || secret.value === null)) told.unsigned(name);
    const opened = await openIntegrationsPlatform({
      ...options,
      made,
      webhookSecret: secret?.ok === true ? secret.value : null,
      vault: secrets,
      onRecord(record) {
        records.integration(record);
        tellChanged();
      },
      onWebhookTrouble(trouble) {
        told.webhook(webhookUrl, trouble);
      },
      onPause: tellChanged,
    });
    if (opened.ok) {
      const integrations = opened.value;
      measured = () => integrations.measured();
      return integrations;
    }
    fault = opened.error;
    return null;
  });

  const current = async (): Promise<Result<Integrations, Fault>> => {
    // The certificate file that was missing may be there by now.
    if (slot.current() === null) await slot.retry();
    const integrations = slot.current();
    return integrations === null ? err(fault ?? OFF) : { ok: true, value: integrations };
  };

  return {
    async apply({ integrations, network, telemetry }) {
      const before = wanted.section !== undefined;
      const section = integrations ?? (options.always ? null : undefined);
      wanted = { ...wanted, section, network, otlpUrl: telemetry?.otlpUrl, pair: credentials(options.env, "integrations") };
      await slot.make(wanted);
      if (before !== (section !== undefined)) switched.tell();
    },
    isOn: () => wanted.section !== undefined,
    secrets,
    onSwitched: (listener) => {
      switched.add(listener);
    },
    onChanged: (listener) => {
      changed.add(listener);
    },
    async run(definition, id, payload, signal) {
      const integrations = await current();
      return integrations.ok ? { ok: true, value: await integrations.value.run(definition, id, payload, signal) } : integrations;
    },
    async register(definition, signal) {
      const integrations = await current();
      if (!integrations.ok) return integrations;
      const registered = await integrations.value.register(definition, signal);
      if (registered.ok) records.note("INTEGRATION_REGISTERED", { integration_id: registered.value.id, name: definition.name, bot_id: definition.bot_id });
      return registered;
    },
    stats: (id, url) => slot.current()?.stats(id, url) ?? null,
    measured: () => (wanted.section === undefined ? null : measured()),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await slot[Symbol.asyncDispose]();
    },
  };
}
