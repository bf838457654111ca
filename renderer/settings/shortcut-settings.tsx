import { sameAccelerator } from "../../shared/accelerator.ts";
import { defaultShortcuts } from "../../shared/default-shortcuts.ts";
import type { DesktopView, ShortcutAction, Shortcuts } from "../../shared/desktop.ts";
import { lockAt } from "../../shared/lock-at.ts";
import { usePanelState } from "../panel-context.tsx";
import { desktopTexts } from "../texts/desktop-texts.ts";
import { Field } from "./field.tsx";
import { ShortcutField } from "./shortcut-field.tsx";
import type { ChangeField, Refusal } from "./use-settings-change.ts";

const words = desktopTexts.shortcuts;
/** As they stand on screen; of two with the same keys the first has them. */
const ACTIONS = ["show", "copyFirst", "quiet"] as const satisfies readonly ShortcutAction[];

interface ShortcutSettingsProps {
  readonly view: DesktopView;
  readonly change: ChangeField;
  readonly refusal: Refusal | null;
}

/** The keys that work whichever program is in front. */
export function ShortcutSettings({ view, change, refusal }: ShortcutSettingsProps) {
  const { platform, settings, shortcuts: states } = view;
  const { shortcuts } = settings;
  const locks = usePanelState((state) => state.settings.locks);
  // One that is locked would make main refuse the others with it.
  const changed = ACTIONS.filter((action) => shortcuts[action] !== defaultShortcuts[action] && lockAt(locks, `desktop.shortcuts.${action}`) === undefined);
  const reset = (): void => {
    const usual = Object.fromEntries(changed.map((action) => [action, defaultShortcuts[action]]));
    if (changed.length > 0) change("shortcuts", words.resetField, { desktop: { shortcuts: usual } });
  };
  return (
    <fieldset>
      <legend>{words.title}</legend>
      <p className="hint">{words.hint}</p>
      {ACTIONS.map((action) => (
        <Field key={action} field={`shortcuts.${action}`} path={`desktop.shortcuts.${action}`} refusal={refusal}>
          <ShortcutField
            label={words.fields[action]}
            keys={shortcuts[action]}
            platform={platform}
            state={states[action]}
            sharedWith={sharedWith(action, shortcuts, platform)}
            onChange={(keys) => change(`shortcuts.${action}`, words.fields[action], { desktop: { shortcuts: { [action]: keys } } })}
          />
        </Field>
      ))}
      <Field field="shortcuts" refusal={refusal}>
        <button type="button" className="button" aria-disabled={changed.length === 0} onClick={reset}>
          {words.reset}
        </button>
      </Field>
    </fieldset>
  );
}

/** The name of another shortcut that has the same keys, the first of them. */
function sharedWith(action: ShortcutAction, shortcuts: Shortcuts, platform: DesktopView["platform"]): string | null {
  const mine = shortcuts[action];
  const other = ACTIONS.find((one) => {
    const keys = shortcuts[one];
    return one !== action && mine !== null && keys !== null && sameAccelerator(mine, keys, platform);
  });
  return other === undefined ? null : words.fields[other];
}
