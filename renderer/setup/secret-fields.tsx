import type { SetupSystem } from "../../shared/setup.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import { setupScopes } from "./setup-scopes.ts";
import { SecretInput } from "./secret-input.tsx";
import type { SetupActions } from "./setup-actions.ts";

const { secrets: words } = setupTexts;

interface SecretFieldsProps {
  readonly system: SetupSystem;
  /** Whether this computer has a place that keeps keys beyond this run. */
  readonly vault: boolean;
  readonly actions: SetupActions;
}

/** The keys that a system needs: where each comes from, and a place to paste it. */
export function SecretFields({ system, vault, actions }: SecretFieldsProps) {
  const scopes = setupScopes[system.form.system];
  return (
    <fieldset className="setup-secrets">
      <legend>{words.title}</legend>
      <p className="hint">
        {vault ? words.hint : words.memoryHint} {system.form.system === "bridge" ? "" : `${words.shared} `}
        {words.scopes(scopes.join(", "))}
      </p>
      {system.secrets.map((secret) => (
        <SecretInput key={secret.name} secret={secret} pointed={system.trial.kind === "fails" && system.trial.key === secret.name ? system.trial.fault : null} actions={actions} />
      ))}
    </fieldset>
  );
}
