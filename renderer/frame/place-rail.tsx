import { ArrowLeftRight, FlaskConical, Headphones, type LucideIcon, Plug } from "lucide-react";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatCount } from "../ui/format.ts";
import { type Place, places } from "./places.ts";

const icons: Readonly<Record<Place, LucideIcon>> = { live: Headphones, simulations: FlaskConical, bridge: ArrowLeftRight, integrations: Plug };

/** The way from view to view: a rail at the left where there is room, a line of words on top where there is not. */
export function PlaceRail({ place }: { readonly place: Place }) {
  const goTo = usePanel((view) => view.goTo);
  return (
    <nav className="rail" aria-label={texts.places.label}>
      <b className="rail-product">{texts.product}</b>
      {places.map((one) => {
        const Icon = icons[one];
        return (
          <button
            key={one}
            type="button"
            className="rail-place"
            aria-current={one === place ? "page" : undefined}
            aria-keyshortcuts={`g ${one.slice(0, 1)}`}
            title={`${texts.places[one]} (g ${one.slice(0, 1)})`}
            onClick={() => goTo(one)}
          >
            <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
            {texts.places[one]}
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
