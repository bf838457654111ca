import type { Fault } from "../../shared/fault.ts";

/** A 403 that says which scope the request takes: the platform's own words seldom do (contract 0). Others stay as they are. */
export function withScope(fault: Fault, scope: string): Fault {
  return fault.status === 403 ? { ...fault, detail: `${fault.detail}; it takes the scope ${scope}` } : fault;
}
