import { useId, useState } from "react";
import { describeFault } from "../texts/fault-words.ts";
import type { Fault } from "../../shared/fault.ts";
import type { SetupSystem } from "../../shared/setup.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import type { SetupActions } from "./setup-actions.ts";

const { secrets: words } = setupTexts;

interface SecretInputProps {
  readonly secret: SetupSystem["secrets"][number];
  /** Why the trial failed because of it; null where it did not. */
  readonly pointed: Fault | null;
  readonly actions: SetupActions;
}

/** Takes one key and gives it to main as soon as it is there; nothing of it stays on the page. */
export function SecretInput({ secret: { name, source }, pointed, actions }: SecretInputProps) {
  const id = useId();
  const [value, setValue] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const { label, hint } = words.names[name];
  const store = async (text: string): Promise<void> => {
    if (text.trim() === "") return;
    setBusy(true);
    // Gone from the page before it is anywhere else.
    setValue("");
    const answer = await actions.secret({ name, value: text });
    setBusy(false);
    setFault(answer.ok ? null : answer.error);
  };
  const wrong = pointed !== null || fault !== null;
  return (
    <div className="setup-field" data-wrong={wrong}>
      <label htmlFor={id}>{label}</label>
      <output className="setup-source" data-tone={source === null ? "none" : "ok"}>
        {busy ? words.storing : source === null ? words.missing : words.sources[source]}
      </output>
      {source === "environment" ? null : (
        <input
          id={id}
          className="input code"
          type="password"
          dir="ltr"
          autoComplete="new-password"
          maxLength={10_000}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint${wrong ? ` ${id}-wrong` : ""}`}
          placeholder={source === null ? words.paste : words.replace}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          onBlur={() => void store(value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            // Not the form's: that would save.
            event.preventDefault();
            void store(value);
          }}
          onPaste={(event) => {
            // A field of one line would take the line ends out in its own way.
            event.preventDefault();
            void store(`${value}${event.clipboardData.getData("text")}`);
          }}
        />
      )}
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {fault === null && pointed !== null ? (
        // The trial itself says aloud that it failed.
        <p className="field-error" id={`${id}-wrong`}>
          {setupTexts.trial.here} {describeFault(pointed).what}
        </p>
      ) : null}
      {fault === null ? null : (
        <p className="field-error" id={`${id}-wrong`} role="alert">
          {words.failed} {describeFault(fault).what} {fault.detail}
        </p>
      )}
    </div>
  );
}
