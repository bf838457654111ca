import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Clock } from "../../shared/clock.ts";
import { foldText } from "./fold-text.ts";
import type { SuggestRequest } from "./suggest-api.ts";

/** What the platform answered, before policy. Frozen: several interactions may share it. */
export interface Answer {
  readonly items: readonly unknown[];
}

export interface CacheSettings {
  readonly maxEntries: number;
  readonly ttlSeconds: number;
  /** `interaction`: one customer's answer is never shown for another. `tenant`: hits across calls, opt-in. */
  readonly scope: "interaction" | "tenant";
  /** With scope `tenant`: the keys of `context` that tell requests apart. */
  readonly contextKeys: readonly string[];
}

export interface SuggestionCache {
  get(key: string): Answer | undefined;
  set(key: string, answer: Answer): void;
}

/**
 * The cache of contract 2.4. Entries end `ttlSeconds` after they were written, on monotonic time, so that a clock that
 * is set back keeps nothing alive. With no entries or no time to live, nothing is kept.
 */
export function createSuggestionCache(settings: CacheSettings, clock: Clock): SuggestionCache {
  if (settings.maxEntries === 0 || settings.ttlSeconds === 0) return { get: () => undefined, set: () => {} };
  const entries = new LRUCache<string, Answer>({
    max: settings.maxEntries,
    ttl: settings.ttlSeconds * 1_000,
    ttlResolution: 0,
    // An entry written at time 0 would count as having no start; the cache only needs differences.
    perf: { now: () => clock.monotonic() + 1 },
  });
  return {
    get: (key) => entries.get(key),
    set: (key, answer) => {
      entries.set(key, answer);
    },
  };
}

type KeySettings = Pick<CacheSettings, "scope" | "contextKeys">;

/**
 * The key of a request: SHA-256 in hex of its canonical form (contract 2.4). Key order and runs of white space do not
 * matter; ids and times of single utterances are no part of a request at all.
 */
export function cacheKey(request: SuggestRequest, settings: KeySettings): string {
  return hash("sha256", canonicalRequest(request, settings));
}

/** Digests that are remembered, and the longest request that one is remembered for. */
const MAX_DIGESTS = 1_000;
const MAX_REMEMBERED_LENGTH = 4_000;

/** {@link cacheKey} with a memory: what is asked again and again is not hashed again and again. */
export function createCacheKeys(): typeof cacheKey {
  const digests = new LRUCache<string, string>({ max: MAX_DIGESTS });
  return (request, settings) => {
    const canonical = canonicalRequest(request, settings);
    const known = digests.get(canonical);
    if (known !== undefined) return known;
    const digest = hash("sha256", canonical);
    if (canonical.length <= MAX_REMEMBERED_LENGTH) digests.set(canonical, digest);
    return digest;
  };
}

function canonicalRequest(request: SuggestRequest, settings: KeySettings): string {
  const folded = settings.scope === "tenant" ? foldText(request.transcript) : "";
  if (folded !== "") {
    const { context } = request;
    return canonicalJson([folded, settings.contextKeys.map((name) => (Object.hasOwn(context, name) ? [context[name]] : []))]);
  }
  // With scope tenant, too: words of which nothing is left say nothing that two calls could have in common.
  const { interactionId, transcript, sentimentScore, context } = request;
  return JSON.stringify([interactionId, collapseSpace(transcript), sentimentScore]) + canonicalJson(context);
}

/** Text with single spaces; most of it is so already. */
function collapseSpace(text: string): string {
  return /^\s|\s\s|[^\S ]|\s$/u.test(text) ? text.replaceAll(/\s+/gu, " ").trim() : text;
}

/** JSON with the keys of every object in order. The depth is bounded by the frame reader. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
