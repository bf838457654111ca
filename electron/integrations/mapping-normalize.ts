import { assertNever } from "../../shared/assert-never.ts";
import type { JsonValue, Normalize } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { isJsonMap } from "./mapping-arguments.ts";
import type { MappingFault } from "./mapping-fault.ts";

const MAX_SHOWN = 100;

/**
 * The normal form of what was extracted (contract 4.4). `flatten`: a list becomes `{items, count}`, an object stays, a
 * single value becomes `{value}`. `map_keys`: the keys of an object, or of each object in a list, in lower case with `_`
 * for each space, not those of objects within; anything else stays. The fault names two keys that would become one.
 */
export function normalize(value: JsonValue, how: Normalize): Result<JsonValue, MappingFault> {
  switch (how) {
    case "none":
      return ok(value);
    case "flatten":
      if (Array.isArray(value)) return ok({ items: value, count: value.length });
      return ok(isJsonMap(value) ? value : { value });
    case "map_keys":
      return mapAllKeys(value);
    default:
      return assertNever(how);
  }
}

function mapAllKeys(value: JsonValue): Result<JsonValue, MappingFault> {
  // The objects of a list have the same keys, mostly.
  const names = new Map<string, string>();
  const nameOf = (key: string): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = key.toLowerCase().replaceAll(" ", "_");
    names.set(key, name);
    return name;
  };
  if (!Array.isArray(value)) return mapKeys(value, nameOf);
  const mapped: JsonValue[] = [];
  for (const item of value) {
    const one = mapKeys(item, nameOf);
    if (!one.ok) return one;
    mapped.push(one.value);
  }
  return ok(mapped);
}

function mapKeys(value: JsonValue, nameOf: (key: string) => string): Result<JsonValue, MappingFault> {
  if (!isJsonMap(value)) return ok(value);
  const mapped: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const name = nameOf(key);
    if (Object.hasOwn(mapped, name)) return err(collision(value, name, key, nameOf));
    const item = value[key] ?? null;
    // A plain assignment would make it the prototype.
    if (name === "__proto__") Object.defineProperty(mapped, name, { value: item, enumerable: true, configurable: true, writable: true });
    else mapped[name] = item;
  }
  return ok(mapped);
}

function collision(value: JsonValue, name: string, key: string, nameOf: (key: string) => string): MappingFault {
  const other = isJsonMap(value) ? Object.keys(value).find((one) => nameOf(one) === name) : undefined;
  return { path: cut(name), message: `map_keys makes one key of ${JSON.stringify(cut(other ?? name))} and ${JSON.stringify(cut(key))}; extract one of them` };
}

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
