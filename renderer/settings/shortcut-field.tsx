import { Check, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { acceleratorWords } from "../../shared/accelerator.ts";
import { assertNever } from "../../shared/assert-never.ts";
import type { DesktopView, ShortcutState } from "../../shared/desktop.ts";
import { useActions } from "../panel-context.tsx";
import { desktopTexts } from "../texts/desktop-texts.ts";
import { keyName } from "../ui/key-name.ts";
import { heldWords, type PressRefusal, readPress } from "./shortcut-press.ts";

const words = desktopTexts.shortcuts;

interface ShortcutFieldProps {
  readonly label: string;
  /** Null: none. */
  readonly keys: string | null;
  readonly platform: DesktopView["platform"];
  readonly state: ShortcutState;
  /** What else has the same keys. */
  readonly sharedWith: string | null;
  readonly onChange: (keys: string | null) => void;
}

type Recording = { readonly kind: "off" } | { readonly kind: "on"; readonly held: string; readonly refused: PressRefusal | null };

const OFF: Recording = { kind: "off" };

/**
 * The keys of a global shortcut. Pressed, it records what is typed next; nothing else hears a key meanwhile, but for Tab,
 * which leads on. Keys that the system gives to another program it never gives to a page.
 */
export function ShortcutField({ label, keys, platform, state, sharedWith, onChange }: ShortcutFieldProps) {
  const id = useId();
  const [recording, setRecording] = useState<Recording>(OFF);
  const { desktop } = useActions();
  const isOn = recording.kind === "on";
  useEffect(() => {
    if (!isOn) return undefined;
    void desktop.record(true);
    return () => {
      void desktop.record(false);
    };
  }, [isOn, desktop]);
  const record = (event: KeyboardEvent): void => {
    if (recording.kind === "off") return;
    const press = readPress(event, platform);
    if (press.kind === "leave") {
      setRecording(OFF);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    // The key that began the recording may still be down.
    if (event.repeat) return;
    switch (press.kind) {
      case "held":
        setRecording({ kind: "on", held: heldWords(event, platform), refused: null });
        break;
      case "refused":
        setRecording({ kind: "on", held: heldWords(event, platform), refused: press.why });
        break;
      case "cancel":
        setRecording(OFF);
        break;
      case "clear":
      case "keys": {
        const recorded = press.kind === "keys" ? press.keys : null;
        setRecording(OFF);
        if (recorded !== keys) onChange(recorded);
        break;
      }
    }
  };
  const release = (event: KeyboardEvent): void => {
    if (recording.kind === "off") return;
    event.preventDefault();
    setRecording({ ...recording, held: heldWords(event, platform) });
  };
  return (
    <div className="row row-shortcut">
      <span id={`${id}-label`}>{label}</span>
      <button
        id={id}
        type="button"
        className="keys-button"
        data-recording={isOn}
        aria-labelledby={`${id}-label ${id}`}
        aria-describedby={`${id}-state`}
        onClick={() => setRecording(isOn ? OFF : { kind: "on", held: "", refused: null })}
        onKeyDown={record}
        onKeyUp={release}
        onBlur={() => setRecording(OFF)}
      >
        {isOn ? recording.held || words.press : keys === null ? words.none : <kbd>{acceleratorWords(keys, platform, keyName)}</kbd>}
      </button>
      <p className="shortcut-state" id={`${id}-state`} role="status" data-tone={isOn ? (recording.refused === null ? "none" : "bad") : toneOf(state)}>
        {isOn ? (
          recording.refused === null ? (
            words.howTo
          ) : (
            words.refusals[recording.refused](words.modifiers[platform])
          )
        ) : (
          <StateWords state={state} sharedWith={sharedWith} />
        )}
      </p>
    </div>
  );
}

function StateWords({ state, sharedWith }: Pick<ShortcutFieldProps, "state" | "sharedWith">) {
  const said = state === "clash" && sharedWith !== null ? words.sharedWith(sharedWith) : words.states[state];
  return (
    <>
      {state === "off" ? null : state === "works" ? <Check size={14} strokeWidth={2} aria-hidden="true" /> : <TriangleAlert size={14} strokeWidth={1.5} aria-hidden="true" />}
      <span>{said}</span>
    </>
  );
}

function toneOf(state: ShortcutState): "none" | "ok" | "warn" {
  switch (state) {
    case "off":
      return "none";
    case "works":
      return "ok";
    case "taken":
    case "clash":
    case "refused":
      return "warn";
    default:
      return assertNever(state);
  }
}
