import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, type Result } from "../../shared/result.ts";
import { answerInTime } from "./answer-in-time.ts";
import type { KeyStore } from "./vault.ts";

/** How long a key store may take: a person may be typing the password that unlocks it, and may also have gone home. */
const ANSWER_MS = 60_000;

/** `store` with a limit of a minute for every answer; what is late may still be done. */
export function createPatientStore(store: KeyStore, clock: Clock): KeyStore {
  const inTime = async <T>(code: "no-secret" | "disk", doing: string, work: Promise<Result<T, Fault>>): Promise<Result<T, Fault>> => {
    const answer = await answerInTime(work, ANSWER_MS, clock);
    const detail = `${doing}: the key store has not answered for ${ANSWER_MS / 1_000} seconds; it may be waiting for you to unlock it`;
    return answer ?? err({ kind: "transport", code, detail });
  };
  return {
    read: (name) => inTime("no-secret", name, store.read(name)),
    write: (name, value) => inTime("disk", `keeping ${name}`, store.write(name, value)),
    delete: (name) => inTime("disk", `deleting ${name}`, store.delete(name)),
    names: () => inTime("disk", "reading the names of secrets", store.names()),
  };
}
