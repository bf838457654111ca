import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

interface ConfirmProps {
  readonly title: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** Asks before something that cannot be undone. Escape and a click beside it mean no, and no has the focus. */
export function Confirm({ title, confirm, cancel, onConfirm, onCancel, children }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const hintId = useId();
  // Before the dialog leaves the page: one that is gone gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    no.current?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className="confirm"
      aria-labelledby={titleId}
      aria-describedby={hintId}
      closedby="any"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <p id={hintId}>{children}</p>
      <div className="confirm-actions">
        <button ref={no} type="button" className="button" onClick={onCancel}>
          {cancel}
        </button>
        <button type="button" className="button button-main" onClick={onConfirm}>
          {confirm}
        </button>
      </div>
    </dialog>
  );
}
