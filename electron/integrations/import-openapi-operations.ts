import { methodSchema } from "../../shared/integration.ts";
import { child, type Findings, isLocatedMap, keyed, type Located, type LocatedMap, resolved, textAt } from "./import-openapi-source.ts";

/** An operation of a document. `id`: its operationId, or method and path where that is missing or not its own. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly item: LocatedMap;
  readonly at: LocatedMap;
}

const MAX_SUMMARY = 200;

/** All operations that an integration could be, in the order of the document. */
export function findOperations(root: Located, findings: Findings): readonly ApiOperation[] {
  const found = keyed(child(root, "paths")).flatMap(([path, given]): readonly ApiOperation[] => {
    const item = path.startsWith("/") ? resolved(root, given, findings) : null;
    return item === null || !isLocatedMap(item) ? [] : methodSchema.options.flatMap((method) => operationOf(item, method, path));
  });
  const times = new Map<string, number>();
  for (const { id } of found) times.set(id, (times.get(id) ?? 0) + 1);
  return found.map((one) => (one.id === "" || times.get(one.id) !== 1 ? { ...one, id: `${one.method} ${one.path}` } : one));
}

function operationOf(item: LocatedMap, method: string, path: string): readonly ApiOperation[] {
  const at = child(item, method.toLowerCase());
  if (!isLocatedMap(at)) return [];
  const summary = textAt(child(at, "summary")) ?? textAt(child(at, "description")) ?? "";
  return [{ id: (textAt(child(at, "operationId")) ?? "").slice(0, 500), method, path, summary: summary.replace(/\s+/g, " ").trim().slice(0, MAX_SUMMARY), item, at }];
}
