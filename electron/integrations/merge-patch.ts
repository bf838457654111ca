import type { JsonValue } from "../../shared/integration.ts";
import { isJsonMap } from "./mapping-arguments.ts";

/**
 * JSON Merge Patch (RFC 7396, section 2): keys of `patch` replace those of `target`, objects are merged in turn, null
 * deletes, and a patch that is no object replaces all. Neither argument is changed; a key `__proto__` is a key like every
 * other. It goes as deep as the patch does.
 */
export function mergePatch(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isJsonMap(patch)) return patch;
  const merged = new Map<string, JsonValue>(isJsonMap(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key) ?? null, value));
  }
  return Object.fromEntries(merged);
}
