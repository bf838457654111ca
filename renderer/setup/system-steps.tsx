import type { SetupSystem } from "../../shared/setup.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import type { SetupPlace } from "./setup-place.ts";
import { toneOf } from "./system-tone.ts";

interface SystemStepsProps {
  readonly place: SetupPlace;
  readonly systems: readonly SetupSystem[];
  readonly onGo: (place: SetupPlace) => void;
}

/** The systems in their order, each with how it stands; any can be gone to. */
export function SystemSteps({ place, systems, onGo }: SystemStepsProps) {
  return (
    <nav className="setup-steps" aria-label={setupTexts.steps}>
      <ol>
        {systems.map((system, index) => {
          const { name } = setupTexts.systems[system.form.system];
          return (
            <li key={system.form.system}>
              <button type="button" data-tone={toneOf(system)} aria-current={place === system.form.system ? "step" : undefined} onClick={() => onGo(system.form.system)}>
                <span className="setup-number" aria-hidden="true">
                  {index + 1}
                </span>
                <span className="setup-name">
                  {name}
                  <small>{setupTexts.kept[system.kept]}</small>
                </span>
              </button>
            </li>
          );
        })}
        <li>
          <button type="button" data-tone="none" aria-current={place === "done" ? "step" : undefined} onClick={() => onGo("done")}>
            <span className="setup-number" aria-hidden="true">
              ✓
            </span>
            <span className="setup-name">{setupTexts.summary}</span>
          </button>
        </li>
      </ol>
    </nav>
  );
}
