import type { JsonValue } from "../../shared/integration.ts";
import { isMap } from "./draft-fields.ts";

/** One field that is another now. Null: it is not there. */
export interface Difference {
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** What differs between two definitions, field by field in the order of the newer one; lists are compared as a whole. */
export function differences(before: JsonValue | undefined, after: JsonValue | undefined, path = ""): readonly Difference[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...Object.keys(after), ...Object.keys(before).filter((key) => !Object.hasOwn(after, key))];
    return keys.flatMap((key) => differences(own(before, key), own(after, key), path === "" ? key : `${path}.${key}`));
  }
  return same(before, after) ? [] : [{ path, before, after }];
}

function own(map: Readonly<Record<string, JsonValue>>, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Whether two values are the same JSON, whatever the order of their keys. */
function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => same(item, other[index]));
  if (isMap(one) && isMap(other)) return differences(one, other).length === 0;
  return one === other;
}
