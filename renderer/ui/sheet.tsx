import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { texts } from "../texts.ts";
import { IconButton } from "./icon-button.tsx";

interface SheetProps {
  readonly title: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

/** A modal sheet on the native dialog: focus stays inside, Escape and a click beside it close it, focus goes back. */
export function Sheet({ title, className, onClose, children, footer }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the dialog leaves the page: one that is gone gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`sheet ${className}`}
      aria-labelledby={titleId}
      closedby="any"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="sheet-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon={X} label={texts.close} onClick={onClose} />
      </header>
      <div className="sheet-body">{children}</div>
      {footer}
    </dialog>
  );
}
