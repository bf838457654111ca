import { describe, expect, it } from "vitest";
import { cacheKey, createCacheKeys, createSuggestionCache, type CacheSettings } from "../../electron/assist/suggestion-cache.ts";
import type { SuggestRequest } from "../../electron/assist/suggest-api.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const settings: CacheSettings = { maxEntries: 2, ttlSeconds: 120, scope: "interaction", contextKeys: [] };
const request: SuggestRequest = {
  interactionId: "call-1",
  transcript: "I want a refund",
  sentimentScore: -0.2,
  context: { plan: { name: "gold", seats: 2 }, region: "north" },
};

describe("the cache key", () => {
  it("is a SHA-256 that key order and white space do not change", () => {
    const same = { ...request, transcript: "  I want\ta  refund ", context: { region: "north", plan: { seats: 2, name: "gold" } } };
    expect(cacheKey(request, settings)).toMatch(/^[0-9a-f]{64}$/u);
    expect(cacheKey(same, settings)).toBe(cacheKey(request, settings));
  });

  it.each([
    ["interaction", { interactionId: "call-2" }],
    ["words", { transcript: "I want a refund now" }],
    ["score", { sentimentScore: -0.3 }],
    ["context", { context: { ...request.context, region: "south" } }],
  ])("tells requests of another %s apart", (_, change) => {
    expect(cacheKey({ ...request, ...change }, settings)).not.toBe(cacheKey(request, settings));
  });

  it("with scope tenant holds across interactions, by folded words and the named context keys only", () => {
    const tenant = { scope: "tenant", contextKeys: ["region"] } as const;
    const other = { ...request, interactionId: "call-2", transcript: "i WANT a refund!", sentimentScore: 0.1 };
    expect(cacheKey({ ...other, context: { region: "north", plan: "none" } }, tenant)).toBe(cacheKey(request, tenant));
    expect(cacheKey({ ...other, context: { region: "south" } }, tenant)).not.toBe(cacheKey(request, tenant));
    expect(cacheKey({ ...other, context: {} }, tenant)).not.toBe(cacheKey(request, tenant));
  });

  it("with scope tenant keeps apart what has no words in it", () => {
    const tenant = { scope: "tenant", contextKeys: [] } as const;
    expect(cacheKey({ ...request, transcript: "??" }, tenant)).not.toBe(cacheKey({ ...request, interactionId: "call-2", transcript: "??" }, tenant));
  });

  it("is the same with a memory, however often it is asked for", () => {
    const keys = createCacheKeys();
    for (const one of [request, { ...request, transcript: "x".repeat(5_000) }]) {
      expect([keys(one, settings), keys(one, settings)]).toEqual([cacheKey(one, settings), cacheKey(one, settings)]);
    }
  });

  it("does not read inherited members of the context", () => {
    const tenant = { scope: "tenant", contextKeys: ["constructor", "__proto__"] } as const;
    expect(cacheKey({ ...request, context: {} }, tenant)).toBe(cacheKey(request, tenant));
  });
});

describe("the suggestion cache", () => {
  it("keeps an answer for its time to live on monotonic time, whatever the wall clock does", async () => {
    const clock = createFakeClock();
    const cache = createSuggestionCache(settings, clock);
    cache.set("key", { items: ["one"] });
    clock.setWall(0);
    await clock.advance(119_999);
    expect(cache.get("key")?.items).toEqual(["one"]);
    await clock.advance(2);
    expect(cache.get("key")).toBeUndefined();
  });

  it("lets the answer go that was used longest ago", () => {
    const cache = createSuggestionCache(settings, createFakeClock());
    cache.set("a", { items: [] });
    cache.set("b", { items: [] });
    cache.get("a");
    cache.set("c", { items: [] });
    expect(["a", "b", "c"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it("keeps nothing when it is switched off", () => {
    const cache = createSuggestionCache({ ...settings, maxEntries: 0 }, createFakeClock());
    cache.set("a", { items: [] });
    expect(cache.get("a")).toBeUndefined();
  });
});
