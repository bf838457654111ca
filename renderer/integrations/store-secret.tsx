import { useId, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { FaultNote } from "../ui/note.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useIntegrationActions } from "./use-integration-actions.ts";

const { secret: words } = integrationTexts;
const MAX_VALUE = 10_000;

interface StoreSecretProps {
  /** Null: the name is to be given here. */
  readonly name: string | null;
  readonly keptIn: IntegrationsView["secrets"]["keptIn"];
  readonly basic: boolean;
  readonly onClose: () => void;
}

/** Takes a secret and gives it to main; nothing of it stays on the page. */
export function StoreSecret({ name, keptIn, basic, onClose }: StoreSecretProps) {
  const actions = useIntegrationActions();
  const [typedName, setTypedName] = useState("");
  const [value, setValue] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const store = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await actions.putSecret(name ?? typedName.trim(), value);
    setBusy(false);
    if (!answer.ok) return setFault(answer.error);
    onClose();
  };
  return (
    <Sheet title={name === null ? words.add : words.storeTitle(name)} className="sheet-new sheet-secret" onClose={onClose}>
      <form
        className="store-secret"
        autoComplete="off"
        data-typed={value !== "" || typedName !== ""}
        onSubmit={(event) => {
          event.preventDefault();
          void store();
        }}
      >
        {fault === null ? null : <FaultNote title={words.failed} fault={fault} />}
        {name === null ? (
          <>
            <label htmlFor={`${id}-name`}>{words.name}</label>
            <input
              id={`${id}-name`}
              className="input code"
              dir="ltr"
              required
              pattern="[A-Za-z_][A-Za-z0-9_]{0,99}"
              title={words.nameRule}
              autoComplete="off"
              spellCheck={false}
              value={typedName}
              // The browser would say it in its own language.
              onInvalid={(event) => event.currentTarget.setCustomValidity(words.nameRule)}
              onChange={(event) => {
                event.currentTarget.setCustomValidity("");
                setTypedName(event.currentTarget.value);
              }}
            />
          </>
        ) : null}
        <label htmlFor={`${id}-value`}>{words.value}</label>
        {/* Not a password of this page's: nothing offers to remember or to fill it in. */}
        <input
          id={`${id}-value`}
          className="input code"
          type="password"
          dir="ltr"
          required
          maxLength={MAX_VALUE}
          autoComplete="new-password"
          aria-describedby={`${id}-hint`}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <p className="hint" id={`${id}-hint`}>
          {basic ? `${words.basicHint} ` : ""}
          {words.where[keptIn]} {words.hint}
        </p>
        <button type="submit" className="button button-main" disabled={value === "" || busy}>
          {words.save}
        </button>
      </form>
    </Sheet>
  );
}
