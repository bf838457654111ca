import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAudit } from "../../electron/audit/audit-file.ts";
import { integrationRecord } from "../../electron/audit/integration-record.ts";
import type { DiskTrouble } from "../../electron/files/background-writer.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createIntegrations, type Integrations } from "../../electron/integrations/integrations.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openMetrics } from "../../electron/telemetry/metrics-file.ts";
import { type IntegrationDefinition, integrationDefinitionSchema } from "../../shared/integration.ts";
import { ok } from "../../shared/result.ts";
import type { OrdersServer } from "./integrations-server.ts";

/** Integrations as the program runs them: a secret by name, an audit line and a metrics line of each run on the disk, figures; no webhook. */
export interface IntegrationRuns extends AsyncDisposable {
  readonly run: (...wanted: Parameters<Integrations["run"]>) => ReturnType<Integrations["run"]>;
  /** How many runs were recorded. */
  readonly recorded: () => number;
  /** Resolves when what was recorded is on the disk. */
  readonly written: () => Promise<void>;
}

export async function openIntegrationRuns({ host }: OrdersServer): Promise<IntegrationRuns> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.adopt(await mkdtemp(join(tmpdir(), "callside-bench-")), (path) => rm(path, { recursive: true, force: true }));
  const onTrouble = (trouble: DiskTrouble): void => {
    if (trouble.kind === "failing") throw new Error(trouble.detail);
  };
  const opened = await openAudit({ directory: join(directory, "audit"), clock: systemClock, onTrouble });
  if (!opened.ok) throw new Error(opened.error.detail);
  const audit = opening.use(opened.value);
  const metrics = opening.use(openMetrics({ target: { kind: "file", file: join(directory, "metrics.jsonl"), files: nodeFiles }, clock: systemClock, onTrouble }));
  const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file is read")) });
  if (!network.ok) throw new Error(network.error.detail);
  let recorded = 0;
  const integrations = opening.use(
    createIntegrations({
      platform: { ok: false, error: { kind: "policy", code: "not-found-here", detail: "nothing is registered" } },
      allowHosts: [host],
      vault: { read: async () => ok("bench-secret") },
      network: opening.use(network.value),
      clock: systemClock,
      random: Math.random,
      onRecord(record) {
        recorded += 1;
        metrics.integration(record);
        const { event, data } = integrationRecord(record);
        audit.record(event, data);
      },
      onWebhookTrouble: () => {},
    }),
  );
  const open = opening.move();
  return {
    run: (...wanted) => integrations.run(...wanted),
    recorded: () => recorded,
    async written() {
      for (const outcome of await Promise.all([audit.flush(), metrics.flush()])) if (!outcome.ok) throw new Error(outcome.error.detail);
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** A looking up of orders at `url`, as people define one. */
export function orderLookup(url: string): IntegrationDefinition {
  return integrationDefinitionSchema.parse(orderDraft(url));
}

/** {@link orderLookup} as it stands in a file. */
export function orderDraft(url: string) {
  return {
    name: "Order lookup",
    description: "Finds a customer's orders, so that the bot can say where they are.",
    bot_id: "bot_orders",
    config: {
      url,
      method: "POST",
      auth_type: "bearer",
      secret: "ORDERS_KEY",
      headers: { "X-Request-Source": "callside" },
      request_mapping: { body: { limit: 5, $input: "bot.payload", transform: "json_merge" } },
      response_mapping: { extract: "data.result", normalize: "map_keys" },
      timeout_seconds: 10,
    },
  };
}
