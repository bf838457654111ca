import { useEffect, useRef } from "react";
import type { Role } from "../../shared/settings.ts";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatCount } from "../ui/format.ts";
import { placeIcons } from "./place-icons.ts";
import { type Place, placeKeys, placeName, placesFor } from "./places.ts";

interface PlaceRailProps {
  readonly role: Role;
  readonly place: Place;
}

/**
 * The way from view to view: a rail at a supervisor's left where there is room, a line of words on top where there is
 * not. An agent has the line, and only outside of the talk, which needs all the room itself.
 */
export function PlaceRail({ role, place }: PlaceRailProps) {
  const goTo = usePanel((view) => view.goTo);
  const practising = usePanelState((state) => state.practice !== null);
  const rail = useRef<HTMLElement>(null);
  useEffect(() => {
    rail.current?.querySelector(`[data-place="${place}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [place]);
  return (
    <nav ref={rail} className="rail" data-side={role === "supervisor"} aria-label={texts.places.label}>
      <b className="rail-product">{texts.product}</b>
      {placesFor(role, practising).map((one) => {
        const Icon = placeIcons[one];
        const name = placeName(role, one);
        return (
          <button
            key={one}
            type="button"
            className="rail-place"
            data-place={one}
            aria-current={one === place ? "page" : undefined}
            aria-keyshortcuts={`g ${placeKeys[one]}`}
            title={texts.places.withKey(name, placeKeys[one])}
            onClick={() => goTo(one)}
          >
            <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
            {name}
            {one === "bridge" ? <WaitingCount /> : null}
          </button>
        );
      })}
    </nav>
  );
}

/** How many customers' messages wait for somebody to decide; nothing where none do. */
function WaitingCount() {
  const count = usePanelState(({ bridge }) => (bridge === null ? 0 : bridge.deadLetters.count + bridge.uncertain.count));
  if (count === 0) return null;
  return (
    <span className="rail-count">
      <span aria-hidden="true">{formatCount(count)}</span>
      <span className="visually-hidden">{texts.places.waiting(formatCount(count))}</span>
    </span>
  );
}
