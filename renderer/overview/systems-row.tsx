import { usePanel, usePanelState, useServices } from "../panel-context.tsx";
import { useStore } from "zustand";
import { overviewTexts } from "../texts/overview-texts.ts";
import { systemRows } from "./system-rows.ts";

const { systems: words } = overviewTexts;

/** The live state of all systems, each the way to what more is known of it. Stands still while the host is lost, as the strip does. */
export function SystemsRow() {
  const { ticker } = useServices();
  const state = usePanelState((one) => one);
  const stoppedAt = usePanel(({ host }) => (host.kind === "lost" ? host.since : null));
  const now = useStore(ticker, (tick) => stoppedAt ?? tick.now);
  const goTo = usePanel((view) => view.goTo);
  const showSheet = usePanel((view) => view.showSheet);
  return (
    <ul className="systems" aria-label={words.label} data-lost={stoppedAt !== null}>
      {systemRows(state, now).map(({ name, tone, state: told, detail, place }) => (
        <li key={name}>
          <button type="button" className="system" onClick={() => (place === "connections" ? showSheet("connections") : goTo(place))}>
            <span className="system-name">
              <span className="dot" data-tone={tone} aria-hidden="true" />
              {name}
            </span>
            <span className="system-state">{told}</span>
            <span className="system-detail">{detail}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
