import { isDeepStrictEqual } from "node:util";
import type { IntegrationRow, IntegrationStats, IntegrationsView } from "../../shared/integration-view.ts";
import { type CheckedDefinition, checkDefinition } from "../integrations/definition.ts";
import { englishProblems, type ProblemWords } from "../documents/found-words.ts";
import type { FiledIntegration } from "./integration-folder.ts";

const MAX_TEXT = 200;

const NO_CALLS: IntegrationStats = { calls: 0, failures: 0, p50: null, p95: null, p99: null, lastAt: null, pausedUntil: null };
const NO_SECRETS: IntegrationsView["secrets"] = { keptIn: "memory", why: null, rows: [] };

/** The drafts with what the check says of each; a draft is checked once. */
export interface CheckedDrafts {
  of(draft: FiledIntegration["draft"]): CheckedDefinition;
}

/** Remembers by the draft itself: whoever changes a draft makes a new one. In other words a draft is checked anew; in English unless `words` gives some. */
export function createCheckedDrafts(words: () => ProblemWords = () => englishProblems): CheckedDrafts {
  const checked = new WeakMap<object, { readonly words: ProblemWords; readonly found: CheckedDefinition }>();
  return {
    of(draft) {
      const now = words();
      const known = checked.get(draft);
      if (known?.words === now) return known.found;
      const found = checkDefinition(draft, now);
      checked.set(draft, { words: now, found });
      return found;
    },
  };
}

/** Figures by the id or name that runs were counted under, and the address that they went to. */
export type StatsOf = (id: string, url: string) => IntegrationStats | null;

/** What the panel shows of one definition. */
function rowOf({ key, draft, state }: FiledIntegration, drafts: CheckedDrafts, stats: StatsOf): IntegrationRow {
  const { definition, problems } = drafts.of(draft);
  const [last] = state.registrations;
  const config = mapOf(draft["config"]);
  const url = definition?.config.url ?? textOf(config["url"]);
  const name = definition?.name ?? textOf(draft["name"]);
  return {
    key,
    name,
    method: definition?.config.method ?? textOf(config["method"]),
    host: URL.parse(url)?.host.slice(0, MAX_TEXT) ?? "",
    problems: problems.length,
    registered: last === undefined ? null : { id: last.id, at: last.at, changed: !isDeepStrictEqual(definition, last.definition) },
    stats: figures(name, last?.id, url, stats),
  };
}

/** The whole view. */
export function viewOf(kept: readonly FiledIntegration[], drafts: CheckedDrafts, stats: StatsOf, secrets: IntegrationsView["secrets"] | null): IntegrationsView {
  return { rows: kept.map((one) => rowOf(one, drafts, stats)), secrets: secrets ?? NO_SECRETS };
}

/** What ran before it was registered was counted under the name: both are told as one, the latencies of whichever ran last. */
function figures(name: string, id: string | undefined, url: string, stats: StatsOf): IntegrationStats {
  const byName = stats(name, url) ?? NO_CALLS;
  const byId = id === undefined || id === name ? null : stats(id, url);
  if (byId === null || byId.calls === 0) return byName;
  return { ...byId, calls: byId.calls + byName.calls, failures: byId.failures + byName.failures };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.slice(0, MAX_TEXT) : "";
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
