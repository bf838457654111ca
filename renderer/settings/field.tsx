import { Lock } from "lucide-react";
import { type ReactNode, useId } from "react";
import { lockWords } from "./lock-words.ts";
import { useLock } from "./use-lock.ts";
import type { Refusal } from "./use-settings-change.ts";

interface FieldProps {
  /** Its key: with its section where another field of the sheet has the same one. */
  readonly field: string;
  /** Where the value stands in the configuration; absent: nowhere, so that nothing can lock it. */
  readonly path?: string;
  /** It is of use also where it cannot be changed, and locks itself. */
  readonly readable?: boolean;
  readonly refusal: Refusal | null;
  readonly children: ReactNode;
}

/** A field with why it is locked, or main's refusal, below it, where there is one. */
export function Field({ field, path, readable = false, refusal, children }: FieldProps) {
  const id = useId();
  const lock = useLock(path ?? null);
  return (
    <div className="field" data-refused={refusal?.field === field} data-locked={lock !== null}>
      {lock === null || readable ? (
        children
      ) : (
        <fieldset className="field-held" disabled aria-describedby={id}>
          {children}
        </fieldset>
      )}
      {lock === null ? null : (
        <p className="field-lock" id={id}>
          <Lock size={12} strokeWidth={1.5} aria-hidden="true" />
          {lockWords(lock)}
        </p>
      )}
      {refusal?.field === field ? (
        <p className="field-error" role="alert">
          {refusal.message}
        </p>
      ) : null}
    </div>
  );
}
