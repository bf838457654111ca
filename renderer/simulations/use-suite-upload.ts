import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import { useActions } from "../panel-context.tsx";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { wholePercent } from "./words.ts";
import { isSuiteName, MAX_SUITE_BYTES, megabytes, suiteParts } from "./suite-parts.ts";

/** A suite on its way to main. `refused`: it was not sent, and why; `failed`: main did not take it. */
export type Upload =
  | { readonly kind: "none" }
  | { readonly kind: "under way"; readonly words: string }
  | { readonly kind: "refused"; readonly words: string }
  | { readonly kind: "failed"; readonly fault: Fault };

export interface SuiteUpload {
  readonly upload: Upload;
  /** Sends the one file among those that were chosen or dropped; a later choice takes the place of an earlier one. */
  readonly send: (files: readonly File[]) => void;
  readonly useExample: () => void;
}

const { suite: words } = simulationTexts;

/** Reads a suite file and sends it in parts, one after the other. What is wrong with its text, main says. */
export function useSuiteUpload(): SuiteUpload {
  const { simulations } = useActions();
  const [upload, setUpload] = useState<Upload>({ kind: "none" });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const begin = (): AbortSignal => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    return controller.signal;
  };

  const sendFile = async (file: File, signal: AbortSignal): Promise<Upload> => {
    if (!isSuiteName(file.name)) return { kind: "refused", words: words.wrongKind(file.name) };
    if (file.size > MAX_SUITE_BYTES) return { kind: "refused", words: words.tooLarge(file.name, megabytes(file.size)) };
    const text = await readText(file);
    if (text.kind === "refused") return text;
    const parts = suiteParts(text.text);
    for (const [part, text] of parts.entries()) {
      if (signal.aborted) break;
      setUpload({ kind: "under way", words: words.sending(file.name, wholePercent(part / parts.length)) });
      const answer = await simulations.load({ name: file.name.slice(-500), part, parts: parts.length, text });
      if (!answer.ok) return { kind: "failed", fault: answer.error };
    }
    return { kind: "none" };
  };

  return {
    upload,
    send(files) {
      const [file] = files;
      if (file === undefined) return;
      const signal = begin();
      if (files.length > 1) {
        setUpload({ kind: "refused", words: words.oneFile(files.length) });
        return;
      }
      setUpload({ kind: "under way", words: words.reading(file.name) });
      void (async () => {
        const outcome = await sendFile(file, signal);
        if (!signal.aborted) setUpload(outcome);
      })();
    },
    useExample() {
      const signal = begin();
      setUpload({ kind: "none" });
      void (async () => {
        const answer = await simulations.example();
        if (!answer.ok && !signal.aborted) setUpload({ kind: "failed", fault: answer.error });
      })();
    },
  };
}

async function readText(file: File): Promise<{ readonly kind: "text"; readonly text: string } | Extract<Upload, { kind: "refused" }>> {
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { kind: "refused", words: words.unreadable(file.name) };
  }
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { kind: "refused", words: words.notText(file.name) };
  }
}
