import { wait, type Clock } from "../../shared/clock.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import type { Fetch } from "../net/attempt.ts";
import { MAX_LIST_BYTES, readPhraseList } from "./phrase-content.ts";
import { fetchBytes } from "./phrase-fetch.ts";
import { isSigned } from "./phrase-signature.ts";
import { keepList, type KeptList, readKeptList } from "./phrase-store.ts";

/** How often the list is looked for, and how soon again after a failure. */
const REFRESH_MS = 3_600_000;
const RETRY_MS = 300_000;
/** Where nothing is kept, work waits this long for the first list; then it goes on with the configured phrases. */
const FIRST_MS = 5_000;
const MAX_SIGNATURE_BYTES = 1_000;

export interface PhraseListOptions {
  readonly url: string;
  /** DER in base64. */
  readonly publicKey: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly files: FilePort;
  /** Where the last good list is kept. */
  readonly path: string;
  /** Called with the phrases whenever they are others. */
  readonly onPhrases: (phrases: readonly string[]) => void;
  /** Called with what is wrong with the list, and with null when it is well again. */
  readonly onTrouble: (trouble: PhraseTrouble | null) => void;
}

/**
 * Why the list is not the newest there is. `awaited`: none has ever been had, and its server has not answered yet. `fault`:
 * what it said cannot be used; `holds`: a list that was good before is in use.
 */
export type PhraseTrouble = { readonly kind: "awaited" } | { readonly kind: "fault"; readonly detail: string; readonly holds: boolean };

/** The signed list as it holds now. */
export interface PhraseList extends AsyncDisposable {
  phrases(): readonly string[];
  /** Looks now; resolves when what was found holds. */
  refresh(): Promise<void>;
}

/**
 * Follows a list of phrases at an address: at start, every hour, with its ETag. Only a list with a right signature and a
 * serial number that is not older than the last good one comes to hold; anything else is told, and the last good one
 * stays, also over restarts. Resolves when there is a list, or after {@link FIRST_MS} without one. Disposing ends it.
 */
export async function openPhraseList(options: PhraseListOptions): Promise<PhraseList> {
  const { url, publicKey, clock, files, path, onPhrases, onTrouble } = options;
  const closing = new AbortController();
  let held = await readKeptList(files, path, publicKey);
  let turn: Promise<void> = Promise.resolve();
  let cancel = (): void => {};

  const tell = (fault: Fault | null): void => {
    if (closing.signal.aborted) return;
    onTrouble(fault === null ? null : { kind: "fault", detail: fault.detail === "" ? describeFault(fault).what : fault.detail, holds: held !== null });
  };

  const fetchList = async (): Promise<Result<KeptList | null, Fault>> => {
    const etag = held !== null && held.url === url ? held.etag : null;
    const list = await fetchBytes({ url, etag, maxBytes: MAX_LIST_BYTES, signal: closing.signal }, options);
    if (!list.ok) return list;
    if (list.value.kind === "same") return ok(null);
    const signature = await fetchBytes({ url: `${url}.sig`, etag: null, maxBytes: MAX_SIGNATURE_BYTES, signal: closing.signal }, options);
    if (!signature.ok) return err({ ...signature.error, detail: `its signature: ${signature.error.detail}` });
    if (signature.value.kind === "same") return ok(null);
    const { bytes } = list.value;
    if (!isSigned(bytes, signature.value.bytes, publicKey)) return err(refusal("its signature is not one of the configured key (assist.phraseList.publicKey)"));
    const content = readPhraseList(bytes);
    if (!content.ok) return err(refusal(`found ${content.error}`));
    return ok({ url, etag: list.value.etag, bytes, signature: signature.value.bytes, content: content.value });
  };

  const look = async (): Promise<Fault | null> => {
    let found = await fetchList();
    // List and signature are two files: between the two requests they may have been put in place of older ones.
    if (!found.ok && found.error.code === "malformed-reply") found = await fetchList();
    if (!found.ok) return found.error;
    const next = found.value;
    if (closing.signal.aborted || next === null) return null;
    if (held !== null) {
      const [before, now] = [held.content.serial, next.content.serial];
      if (now < before) return refusal(`its serial number ${now} is older than ${before}, which is in use`);
      if (now === before && !Buffer.from(held.bytes).equals(next.bytes)) return refusal(`its serial number ${now} is that of the list in use, and its phrases are others`);
    }
    const isNew = held === null || held.content.serial !== next.content.serial;
    held = next;
    if (isNew) onPhrases(next.content.phrases);
    try {
      await keepList(files, path, next);
      return null;
    } catch (error) {
      return diskFault(error, "keeping it for the next start");
    }
  };

  const again = async (): Promise<void> => {
    if (closing.signal.aborted) return;
    cancel();
    const fault = await look();
    if (closing.signal.aborted) return;
    tell(fault);
    cancel = clock.after(fault === null ? REFRESH_MS : RETRY_MS, () => void refresh());
  };
  const refresh = (): Promise<void> => {
    turn = turn.then(again);
    return turn;
  };

  // A server that is silent is a fault only after a while, and that is too late to tell that nothing of the list holds.
  if (held === null) onTrouble({ kind: "awaited" });
  const first = refresh();
  if (held === null) {
    const isHere = new AbortController();
    await Promise.race([first, wait(clock, FIRST_MS, AbortSignal.any([closing.signal, isHere.signal]))]);
    isHere.abort();
  }
  return {
    phrases: () => held?.content.phrases ?? [],
    refresh,
    async [Symbol.asyncDispose]() {
      closing.abort();
      cancel();
      await turn;
    },
  };
}

function refusal(detail: string): Fault {
  return { kind: "contract", code: "malformed-reply", detail };
}
