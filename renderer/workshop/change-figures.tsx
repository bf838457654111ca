import { texts } from "../texts.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { formatCount } from "../ui/format.ts";
import { KeyFigure } from "../ui/key-figure.tsx";
import type { RehearsalView } from "./use-rehearsal.ts";

const words = workshopTexts.figures;

/** What the draft would have changed, in four figures. */
export function ChangeFigures({ trial: { rehearsed, current, fault } }: { readonly trial: RehearsalView }) {
  const known = fault === null ? rehearsed : null;
  const figure = (count: number | undefined): string => (count === undefined ? texts.none : formatCount(count));
  const lost = known?.used.untriggered ?? 0;
  return (
    <dl className="kpi shop-figures" data-stale={!current} aria-busy={!current}>
      <KeyFigure name={words.withheld} value={figure(known?.counts.withheld)} hint={words.withheldHint(formatCount(known?.used.withheld ?? 0))} />
      <KeyFigure name={words.triggered} value={figure(known?.counts.triggered)} hint={words.triggeredHint} />
      <KeyFigure name={words.untriggered} value={figure(known?.counts.untriggered)} hint={lost === 1 ? words.untriggeredOne : words.untriggeredHint(formatCount(lost))} />
      <KeyFigure name={words.loosened} value={figure(known?.counts.loosened)} hint={words.loosenedHint} />
    </dl>
  );
}
