import type { ReactNode } from "react";
import type { Refusal } from "./use-settings-change.ts";

interface FieldErrorProps {
  readonly field: string;
  readonly refusal: Refusal | null;
  readonly children: ReactNode;
}

/** A field with main's refusal below it, where there is one. */
export function Field({ field, refusal, children }: FieldErrorProps) {
  return (
    <div className="field" data-refused={refusal?.field === field}>
      {children}
      {refusal?.field === field ? (
        <p className="field-error" role="alert">
          {refusal.message}
        </p>
      ) : null}
    </div>
  );
}
