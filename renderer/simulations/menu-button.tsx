import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";

interface MenuButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** A button with a little sheet beneath it, which Escape and a click beside it close. */
export function MenuButton({ label, disabled, children }: MenuButtonProps) {
  const id = useId();
  return (
    <>
      <button type="button" className="button" popoverTarget={id} disabled={disabled}>
        {label}
        <ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <dialog id={id} popover="auto" className="popover popover-sim" aria-label={label}>
        {children}
      </dialog>
    </>
  );
}
