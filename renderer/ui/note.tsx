import type { ReactNode } from "react";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../texts/fault-words.ts";

interface NoteProps {
  readonly tone: "bad" | "warn" | "none";
  readonly children: ReactNode;
  /** What can be done about it, at the right. */
  readonly action?: ReactNode;
}

/** A few words that stand out, and what can be done. */
export function Note({ tone, children, action }: NoteProps) {
  return (
    <div className="callout" data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      <p>{children}</p>
      {action}
    </div>
  );
}

interface FaultNoteProps {
  readonly title: string;
  readonly fault: Fault;
  readonly action?: ReactNode;
}

/** A fault in full: what happened, why it most likely did with what was found, and what to do. */
export function FaultNote({ title, fault, action }: FaultNoteProps) {
  const { what, cause, remedy } = describeFault(fault);
  return (
    <Note tone="bad" action={action}>
      <b>{title}</b> {what} {cause} {remedy}
    </Note>
  );
}
