import "./desktop.css";
import type { DesktopView } from "../../shared/desktop.ts";
import { desktopTexts } from "../texts/desktop-texts.ts";
import { Switch } from "../ui/switch.tsx";
import { Field } from "./field.tsx";
import { Segments } from "./segments.tsx";
import { ShortcutSettings } from "./shortcut-settings.tsx";
import { UpdateLine } from "./update-line.tsx";
import type { ChangeField, Refusal } from "./use-settings-change.ts";

const { fields, hints, docks } = desktopTexts;

interface DesktopSettingsProps {
  readonly view: DesktopView;
  readonly change: ChangeField;
  readonly refusal: Refusal | null;
}

/** How the panel lives on the desktop. Everyone's own, whatever the role. */
export function DesktopSettingsFields({ view, change, refusal }: DesktopSettingsProps) {
  const { settings, platform, loginHindrance } = view;
  return (
    <>
      <fieldset>
        <legend>{desktopTexts.title}</legend>
        <Field field="dock" path="desktop.dock" refusal={refusal}>
          <Segments
            label={fields.dock}
            hint={hints.dock}
            value={settings.dock}
            options={[
              ["left", docks.left],
              ["right", docks.right],
              ["floating", docks.floating],
            ]}
            onChange={(dock) => change("dock", fields.dock, { desktop: { dock } })}
          />
        </Field>
        <Field field="alwaysOnTop" path="desktop.alwaysOnTop" refusal={refusal}>
          <Switch
            label={fields.alwaysOnTop}
            hint={hints.alwaysOnTop}
            checked={settings.alwaysOnTop}
            onChange={(alwaysOnTop) => change("alwaysOnTop", fields.alwaysOnTop, { desktop: { alwaysOnTop } })}
          />
        </Field>
        <Field field="keepRunning" path="desktop.keepRunning" refusal={refusal}>
          <Switch
            label={fields.keepRunning}
            hint={hints.keepRunning[platform]}
            checked={settings.keepRunning}
            onChange={(keepRunning) => change("keepRunning", fields.keepRunning, { desktop: { keepRunning } })}
          />
        </Field>
        <Field field="startAtLogin" path="desktop.startAtLogin" refusal={refusal}>
          <Switch
            label={fields.startAtLogin}
            {...(loginHindrance === null ? {} : { hint: loginHindrance })}
            checked={settings.startAtLogin}
            // What is on can be turned off, whatever hinders it.
            disabled={loginHindrance !== null && !settings.startAtLogin}
            onChange={(startAtLogin) => change("startAtLogin", fields.startAtLogin, { desktop: { startAtLogin } })}
          />
        </Field>
        <Field field="notifications" path="desktop.notifications" refusal={refusal}>
          <Switch
            label={fields.notifications}
            hint={hints.notifications}
            checked={settings.notifications}
            onChange={(notifications) => change("notifications", fields.notifications, { desktop: { notifications } })}
          />
        </Field>
      </fieldset>
      <ShortcutSettings view={view} change={change} refusal={refusal} />
      <UpdateLine version={view.version} update={view.update} />
    </>
  );
}
