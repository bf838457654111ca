import type { Notice } from "../../shared/notice.ts";
import type { Words } from "../words/en.ts";
import type { Saying } from "../words/saying.ts";

/** A notice before it is put into words. */
type UnsaidNotice = Pick<Notice, "id" | "level"> & { readonly say: (words: Words) => Saying };

/** The ids of what is told of secrets. */
export const vaultNoticeIds = { memory: "vault-memory", damaged: "vault-damaged" } as const;

/** Where nothing protects secrets on this machine: what that means, and what a person can do. `why` as the vault gives it. */
export function memoryNotice(why: string): UnsaidNotice {
  return {
    id: vaultNoticeIds.memory,
    level: "warning",
    say: ({ rules }) => rules.vaultInMemory(why),
  };
}

/** A file of secrets that was no use and has another name now. */
export function damagedSecretsNotice(path: string): UnsaidNotice {
  return {
    id: vaultNoticeIds.damaged,
    level: "warning",
    say: ({ rules }) => rules.secretsDamaged(path),
  };
}
