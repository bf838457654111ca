import { ChartColumn } from "lucide-react";
import { useId, useRef } from "react";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { placeIcons } from "./place-icons.ts";
import { placeKeys, placeName, placesFor } from "./places.ts";

/** An agent's way from the talk to the other views: one button, and a rail's worth of room saved. A supervisor has the rail. */
export function PlaceMenu() {
  const role = usePanelState((state) => state.settings.role);
  const practising = usePanelState((state) => state.practice !== null);
  const goTo = usePanel((view) => view.goTo);
  const id = useId();
  const list = useRef<HTMLDialogElement>(null);
  if (role !== "agent") return null;
  return (
    <>
      <button type="button" className="icon-button" popoverTarget={id} aria-label={texts.places.menu} title={texts.places.menu}>
        <ChartColumn size={16} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <dialog ref={list} id={id} popover="auto" className="popover popover-menu popover-places" aria-label={texts.places.label}>
        <ul>
          {placesFor(role, practising)
            .filter((one) => one !== "live")
            .map((one) => {
              const Icon = placeIcons[one];
              return (
                <li key={one}>
                  <button
                    type="button"
                    className="menu-row"
                    aria-keyshortcuts={`g ${placeKeys[one]}`}
                    onClick={() => {
                      list.current?.hidePopover();
                      goTo(one);
                    }}
                  >
                    <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
                    {placeName(role, one)}
                    <span className="menu-meta" aria-hidden="true">
                      <kbd>g</kbd> <kbd>{placeKeys[one]}</kbd>
                    </span>
                  </button>
                </li>
              );
            })}
        </ul>
      </dialog>
    </>
  );
}
