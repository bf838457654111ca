import { z } from "zod";
import type { FilePort } from "../files/file-port.ts";
import { type PhraseContent, readPhraseList } from "./phrase-content.ts";
import { isSigned } from "./phrase-signature.ts";

const keptSchema = z.strictObject({ version: z.literal(1), url: z.string(), etag: z.string().nullable(), list: z.string(), signature: z.string() });

/** A list as it was fetched, with what proves it. */
export interface SignedList {
  readonly url: string;
  readonly etag: string | null;
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** A list that has been proved. */
export interface KeptList extends SignedList {
  readonly content: PhraseContent;
}

/**
 * The last good list; null where there is none. It is proved again: whoever could change the file could else take phrases
 * from it. A list of another address counts as long as its signature is right.
 */
export async function readKeptList(files: FilePort, path: string, publicKey: string): Promise<KeptList | null> {
  try {
    const text = await files.readText(path);
    if (text === null) return null;
    const kept = keptSchema.safeParse(JSON.parse(text));
    if (!kept.success) return null;
    const { url, etag } = kept.data;
    const [bytes, signature] = [Buffer.from(kept.data.list, "base64"), Buffer.from(kept.data.signature, "base64")];
    const content = readPhraseList(bytes);
    return content.ok && isSigned(bytes, signature, publicKey) ? { url, etag, bytes, signature, content: content.value } : null;
  } catch {
    // Damaged or not to be read: the list is fetched anew.
    return null;
  }
}

/** Keeps a list; rejects with the operating system's error. */
export async function keepList(files: FilePort, path: string, { url, etag, bytes, signature }: SignedList): Promise<void> {
  const base64 = (part: Uint8Array): string => Buffer.from(part).toString("base64");
  await files.replace(path, `${JSON.stringify({ version: 1, url, etag, list: base64(bytes), signature: base64(signature) })}\n`);
}
