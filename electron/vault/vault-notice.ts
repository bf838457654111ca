import type { Notice } from "../../shared/notice.ts";

/** The ids of what is told of secrets. */
export const vaultNoticeIds = { memory: "vault-memory", damaged: "vault-damaged" } as const;

/** Where nothing protects secrets on this machine: what that means, and what a person can do. `why` as the vault gives it. */
export function memoryNotice(why: string): Omit<Notice, "since"> {
  return {
    id: vaultNoticeIds.memory,
    level: "warning",
    what: `This machine offers no protected place for secrets: ${why}.`,
    effect: "A secret that is stored here stays in memory and is gone when Callside ends. It is never written to the disk unprotected.",
    remedy: "Set up or unlock the key store of this system and start Callside again, or give secrets as environment variables of the same names.",
  };
}

/** A file of secrets that was no use and has another name now. */
export function damagedSecretsNotice(path: string): Omit<Notice, "since"> {
  return {
    id: vaultNoticeIds.damaged,
    level: "warning",
    what: "The file of secrets was damaged.",
    effect: `It was set aside as ${path}, and a new one is begun. Integrations that need a secret cannot run until it is stored again.`,
    remedy: "Store the secrets again. Keep that file if IT wants to look at it.",
  };
}
