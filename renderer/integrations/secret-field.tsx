import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { IntegrationsView, SecretRow } from "../../shared/integration-view.ts";
import { useServices } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { DefinitionField, fieldControl } from "./definition-field.tsx";
import { textOf } from "./definition-fields.ts";
import { StoreSecret } from "./store-secret.tsx";
import { useIntegrationActions } from "./use-integration-actions.ts";
import type { Workbench } from "./workbench.ts";

const { secret: words } = integrationTexts;
const TEST_AFTER_MS = 200;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/u;

/** Whether a secret can be had. */
type SecretState = { readonly kind: "unknown" } | { readonly kind: "missing" } | { readonly kind: "there"; readonly source: SecretRow["source"] };

interface SecretFieldProps {
  readonly workbench: Workbench;
  readonly secrets: IntegrationsView["secrets"];
}

/** The name of the secret, whether it can be had, and a way to store it. */
export function SecretField({ workbench, secrets }: SecretFieldProps) {
  const draft = useStore(workbench.store, (state) => state.draft);
  const problems = useStore(workbench.store, (state) => state.problems);
  const [storing, setStoring] = useState(false);
  const name = textOf(draft, "config.secret");
  const used = textOf(draft, "config.auth_type") !== "none";
  const state = useSecretState(name, secrets);
  const nameable = NAME.test(name);
  const control = fieldControl("config.secret", problems);
  return (
    <DefinitionField name="config.secret" problems={problems}>
      <input
        {...control}
        className="input code"
        type="text"
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        value={name}
        onChange={(event) => workbench.edit(["config", "secret"], event.currentTarget.value)}
      />
      <div className="secret-state">
        <output data-tone={used && state.kind === "missing" ? "warn" : "none"}>{!nameable ? "" : used ? secretWords(state) : words.notUsed}</output>
        {nameable && used && !(state.kind === "there" && state.source === "environment") ? (
          <button type="button" className="button" onClick={() => setStoring(true)}>
            {state.kind === "there" ? words.replace : words.store}
          </button>
        ) : null}
      </div>
      {storing ? <StoreSecret name={name} keptIn={secrets.keptIn} basic={textOf(draft, "config.auth_type") === "basic"} onClose={() => setStoring(false)} /> : null}
    </DefinitionField>
  );
}

function secretWords(state: SecretState): string {
  if (state.kind === "there") return words.sources[state.source];
  return state.kind === "missing" ? words.missing : words.unknown;
}

/** Asked again when another name stands there, and when the secrets have changed. */
function useSecretState(name: string, secrets: IntegrationsView["secrets"]): SecretState {
  const { clock } = useServices();
  const actions = useIntegrationActions();
  // The view comes anew with every call of an integration.
  const held = secrets.rows.map((row) => `${row.name} ${row.source}`).join();
  const [known, setKnown] = useState<{ readonly name: string; readonly held: string; readonly state: SecretState } | null>(null);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer = await actions.testSecret(name);
      if (!wanted || !answer.ok) return;
      setKnown({ name, held, state: answer.value.source === null ? { kind: "missing" } : { kind: "there", source: answer.value.source } });
    };
    const cancel = NAME.test(name) ? clock.after(TEST_AFTER_MS, () => void ask()) : () => {};
    return () => {
      wanted = false;
      cancel();
    };
  }, [name, held, actions, clock]);
  return known?.name === name ? known.state : { kind: "unknown" };
}
