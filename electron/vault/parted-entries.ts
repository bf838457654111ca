/** One entry of a key ring. Methods reject with the key ring's error. */
export interface KeyringEntry {
  setPassword(text: string): Promise<void>;
  /** null where there is no such entry. */
  getPassword(): Promise<string | null>;
  /** false where there was none. */
  deletePassword(): Promise<boolean>;
}

/** Texts of any length by account. */
export interface PartedEntries {
  /** null where there is none; rejects with `DamagedEntry` where it is not whole. */
  read(account: string): Promise<string | null>;
  write(account: string, text: string): Promise<void>;
  /** false where there was nothing. */
  delete(account: string): Promise<boolean>;
}

/** What is there is no text of ours: it was changed by something else, or a part of it is gone. */
export class DamagedEntry extends Error {
  override readonly name = "DamagedEntry";
}

/** Windows takes 2,560 bytes of UTF-16 for each entry (CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h), the head included. */
const PART_CHARS = 1_200;
/** The number of parts, the series that they belong to, the first part. */
const HEAD = /^([1-9][0-9]{0,2})([ab]):([^]*)$/u;

interface Head {
  readonly parts: number;
  readonly series: "a" | "b";
  readonly text: string;
}

/**
 * Long texts in parts over several entries. A new text goes into the series that is not in use, and the head, written
 * last, turns to it: whatever happens in between, the old or the new text is there, never a mixture. Not for two at a time.
 */
export function createPartedEntries(open: (account: string) => KeyringEntry): PartedEntries {
  const part = (account: string, series: string, number: number): KeyringEntry => open(`${account}/${series}${number}`);
  const removeParts = async (account: string, head: Head | null): Promise<void> => {
    for (let number = 2; number <= (head?.parts ?? 1); number += 1) await part(account, head?.series ?? "a", number).deletePassword();
  };
  return {
    async read(account) {
      const text = await open(account).getPassword();
      if (text === null) return null;
      const head = headOf(text);
      if (head === null) throw new DamagedEntry("what is there was not stored by Callside; store it again");
      let whole = head.text;
      for (let number = 2; number <= head.parts; number += 1) {
        const next = await part(account, head.series, number).getPassword();
        if (next === null) throw new DamagedEntry("a part of it is missing; store it again");
        whole += next;
      }
      return whole;
    },
    async write(account, text) {
      const before = await open(account).getPassword();
      const old = before === null ? null : headOf(before);
      const series = old?.series === "a" ? "b" : "a";
      const [first = "", ...rest] = split(text);
      for (const [index, piece] of rest.entries()) await part(account, series, index + 2).setPassword(piece);
      await open(account).setPassword(`${rest.length + 1}${series}:${first}`);
      await removeParts(account, old);
    },
    async delete(account) {
      const text = await open(account).getPassword();
      if (text === null) return false;
      // The parts first: without the head nobody would find them again.
      await removeParts(account, headOf(text));
      return await open(account).deletePassword();
    },
  };
}

function headOf(text: string): Head | null {
  const [, parts, series, first] = HEAD.exec(text) ?? [];
  if (parts === undefined || first === undefined) return null;
  return { parts: Number(parts), series: series === "a" ? "a" : "b", text: first };
}

/** Pieces that each are whole characters. */
function split(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = from + PART_CHARS;
    // The first half of a pair stays with the second.
    const to = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
