import { nodeFiles } from "../../electron/files/node-files.ts";
import type { KeyStore } from "../../electron/vault/vault.ts";
import { err, ok } from "../../shared/result.ts";

/** A key store that outlives a process, as that of the system does. */
export function fileStore(path: string): KeyStore {
  const all = async (): Promise<Readonly<Record<string, string>>> => JSON.parse((await nodeFiles.readText(path)) ?? "{}") as Record<string, string>;
  return {
    read: async (name) => ok((await all())[name] ?? null),
    async write(name, value) {
      await nodeFiles.replace(path, JSON.stringify({ ...(await all()), [name]: value }));
      return ok(null);
    },
    delete: async () => err({ kind: "policy", code: "not-found-here", detail: "" }),
    names: async () => ok(Object.keys(await all())),
  };
}
