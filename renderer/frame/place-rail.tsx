import { FlaskConical, Headphones, type LucideIcon } from "lucide-react";
import { usePanel } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { type Place, places } from "./places.ts";

const icons: Readonly<Record<Place, LucideIcon>> = { live: Headphones, simulations: FlaskConical };

/** The way from view to view: a rail at the left where there is room, a line of two words on top where there is not. */
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
          </button>
        );
      })}
    </nav>
  );
}
