import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { Clock } from "../../shared/clock.ts";
import type { App } from "../app.ts";
import { connectionOutcome } from "../health/connection-outcome.ts";
import { askHistory, secretsOutcome, secretsUnused } from "./health-kept.ts";
import type { HealthMachine, HealthSources } from "./health-sources.ts";

/** What the checks of a running program are made from: what is open is asked, nothing is opened a second time. */
export function standingSources(app: App, machine: HealthMachine, clock: Clock): HealthSources {
  const config = app.config.current();
  // Without a scope a desktop runs no bridge (contract 3.8).
  const wanted = config.bridge?.scope === undefined ? { ...config, bridge: undefined } : config;
  const { secrets } = app.integrations;
  const words = app.speech.words().health;
  return {
    ...app.surroundings,
    machine,
    words,
    config: app.config,
    wanted,
    clock,
    newId: app.newId,
    files: app.files,
    dataFolder: app.dataFolder,
    knownSecrets: () => secrets.known(),
    trouble: (kept) => app.notices.all().find(({ id }) => id === kept) ?? null,
    history: () => askHistory(app.records.batches(), clock, words),
    async secrets() {
      // First run keeps the platforms' own credentials there, too.
      if (!app.integrations.isOn() && !secrets.isInUse()) return secretsUnused(words);
      await secrets.look();
      const view = secrets.view();
      return view === null ? secretsUnused(words) : secretsOutcome(view, words);
    },
    connection: (name) => standing(app, name, clock.now()),
  };
}

function standing(app: App, name: ConnectionName, now: number): HealthOutcome {
  return connectionOutcome({ ...app.connection(name), ...seenBy(app, name) }, now, app.speech.words().health);
}

/** What only the part itself knows: the tunnel's last round trip; the bridge's last answer of the bot, and its gaps. */
function seenBy(app: App, name: ConnectionName) {
  switch (name) {
    case "stream":
      return { latencyMs: null };
    case "tunnel":
      return { latencyMs: app.tunnel()?.latencyMs ?? null };
    case "bridge": {
      const view = app.bridge.view();
      return view === null ? { latencyMs: null } : { latencyMs: view.hops.find(({ hop }) => hop === "bot")?.lastMs ?? null, gaps: view.gaps };
    }
    default:
      return assertNever(name);
  }
}
