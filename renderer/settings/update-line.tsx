import { useState } from "react";
import type { UpdateState } from "../../shared/desktop.ts";
import { useActions, usePanelState } from "../panel-context.tsx";
import { desktopTexts } from "../texts/desktop-texts.ts";
import { Field } from "./field.tsx";
import { refusalText } from "./settings-change.ts";
import { updateWords, type UpdateWords } from "./update-words.ts";
import type { Refusal } from "./use-settings-change.ts";

const words = desktopTexts.updates;

interface UpdateLineProps {
  readonly version: string;
  readonly update: UpdateState;
}

/** Which version this is, how things stand with the next one, and what can be done about it. */
export function UpdateLine({ version, update }: UpdateLineProps) {
  const actions = useActions();
  const live = usePanelState(({ interactions }) => interactions.some(({ interaction }) => interaction.status === "live"));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { said, more, percent, tone, act } = updateWords(update, live);
  const run = async (kind: NonNullable<UpdateWords["act"]>["kind"]): Promise<void> => {
    const { checkUpdate, installUpdate, keepVersion } = actions.desktop;
    const answer = await { check: checkUpdate, install: installUpdate, later: keepVersion }[kind]();
    setRefusal(answer.ok ? null : { field: "update", message: refusalText(answer.error, "update") });
  };
  return (
    <fieldset>
      <legend>{words.title}</legend>
      <Field field="update" refusal={refusal}>
        <div className="row row-update">
          <div className="update-told" role="status">
            <p className="update-words">
              <span className="update-version">{words.version(version)}</span>
              <span data-tone={tone}>{said}</span>
            </p>
            {more === null ? null : <small>{more}</small>}
          </div>
          {act === null ? null : (
            <button
              type="button"
              className="button"
              aria-disabled={act.busy}
              onClick={() => {
                if (!act.busy) void run(act.kind);
              }}
            >
              {act.label}
            </button>
          )}
          {percent === null ? null : <progress aria-label={words.progress} max={100} value={percent} />}
        </div>
      </Field>
    </fieldset>
  );
}
