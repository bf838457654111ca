import { useEffect, useRef } from "react";
import type { SetupView } from "../../shared/setup.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import type { SetupPlace } from "./setup-place.ts";
import { toneOf } from "./system-tone.ts";

const { done: words } = setupTexts;

interface SetupDoneProps {
  readonly setup: SetupView;
  readonly onGo: (place: SetupPlace) => void;
  readonly onBack: (() => void) | null;
  readonly onLeave: (to: "practice" | "panel") => void;
}

/** What has come of it: every system with how it stands, and the two ways on. */
export function SetupDone({ setup, onGo, onBack, onLeave }: SetupDoneProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const any = setup.systems.some(({ kept }) => kept !== "no");
  return (
    <section className="setup-form">
      <div className="setup-head">
        <h3 ref={head} tabIndex={-1}>
          {words.title}
        </h3>
        <p>{any ? words.file(setup.configFile) : words.none}</p>
      </div>
      <ul className="setup-list">
        {setup.systems.map((system) => (
          <li key={system.form.system}>
            <button type="button" onClick={() => onGo(system.form.system)}>
              <span>{setupTexts.systems[system.form.system].name}</span>
              <span data-tone={toneOf(system)}>{setupTexts.kept[system.kept]}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="setup-foot">
        <output className="setup-said">{any ? words.practiseHint : ""}</output>
        <div className="setup-buttons">
          {onBack === null ? null : (
            <button type="button" className="button" onClick={onBack}>
              {setupTexts.back}
            </button>
          )}
          <button type="button" className={any ? "button" : "button button-main"} onClick={() => onLeave("practice")}>
            {any ? words.practise : setupTexts.welcome.practise}
          </button>
          {any ? (
            <button type="button" className="button button-main" onClick={() => onLeave("panel")}>
              {words.open}
            </button>
          ) : null}
        </div>
      </div>
    </section>
  );
}
