import { err, ok } from "../../shared/result.ts";
import type { KeyStore } from "./vault.ts";

/** Keeps secrets until the program ends, and nowhere else. */
export function createMemoryStore(): KeyStore {
  const values = new Map<string, string>();
  return {
    read: async (name) => ok(values.get(name) ?? null),
    async write(name, value) {
      values.set(name, value);
      return ok(null);
    },
    delete: async (name) => (values.delete(name) ? ok(null) : err({ kind: "policy", code: "not-found-here", detail: name })),
    names: async () => ok(Array.from(values.keys())),
  };
}
