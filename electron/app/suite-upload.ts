import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { MAX_SUITE_BYTES } from "../simulations/suite-schema.ts";

/** A part that has not come after this long does not come any more: the page was closed, or loaded again. */
const ABANDONED_MS = 60_000;

/** One part of a file, counted from 0. */
export interface UploadPart {
  readonly name: string;
  readonly part: number;
  readonly parts: number;
  readonly text: string;
}

/** A file that comes from the panel in parts. Disposing forgets what has come. */
export interface SuiteUpload extends Disposable {
  /**
   * Takes the next part; gives the file once it is whole, null before. Part 0 begins anew, whatever came before. Refuses
   * (`invalid-input`) a part out of turn and a file that is too large; what has come of it is forgotten then.
   */
  take(part: UploadPart): Result<{ readonly name: string; readonly text: string } | null, Fault>;
}

interface Coming {
  readonly name: string;
  readonly parts: number;
  readonly texts: string[];
  bytes: number;
}

/** Puts one file at a time together. `maxBytes` counts UTF-8. */
export function createSuiteUpload(clock: Clock, maxBytes = MAX_SUITE_BYTES): SuiteUpload {
  let coming: Coming | null = null;
  let cancelTimer = (): void => {};

  const forget = (): void => {
    cancelTimer();
    coming = null;
  };
  const refuse = (detail: string): { readonly ok: false; readonly error: Fault } => {
    forget();
    return err({ kind: "contract", code: "invalid-input", detail });
  };

  return {
    take({ name, part, parts, text }) {
      if (part === 0) coming = { name, parts, texts: [], bytes: 0 };
      if (coming === null || coming.name !== name || coming.parts !== parts || coming.texts.length !== part || part >= parts) {
        const expected = coming === null ? "part 0" : `part ${coming.texts.length} of ${coming.parts}`;
        return refuse(`part ${part} of ${parts} of the suite came out of turn; expected: ${expected}. Choose the file again`);
      }
      coming.texts.push(text);
      coming.bytes += Buffer.byteLength(text);
      if (coming.bytes > maxBytes) return refuse(`the suite is larger than ${Math.round(maxBytes / 1_000_000)} MB, which is the most that is taken`);
      cancelTimer();
      if (coming.texts.length < parts) {
        cancelTimer = clock.after(ABANDONED_MS, forget);
        return ok(null);
      }
      const whole = coming.texts.join("");
      forget();
      return ok({ name, text: whole });
    },
    [Symbol.dispose]: forget,
  };
}
