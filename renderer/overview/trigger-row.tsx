import type { TriggerFigures } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatFigure } from "../ui/format.ts";
import { shareOf } from "./share.ts";
import { triggerColumns, worthOf } from "./trigger-order.ts";

const { triggers: words } = overviewTexts;
const tones = { useful: "ok", noise: "warn", mixed: "none", few: "none" } as const;

interface TriggerRowProps {
  readonly figures: TriggerFigures;
  /** Null where rules are not the person's to try. */
  readonly onTryWithout: (() => void) | null;
}

/** One trigger: its words, what it is worth, and its figures. */
export function TriggerRow({ figures, onTryWithout }: TriggerRowProps) {
  const name = figures.kind === "sentiment" ? words.sentiment : figures.words;
  const worth = worthOf(figures);
  const share = shareOf(figures.used, figures.displayed);
  return (
    <tr>
      {triggerColumns.map((column) =>
        column === "words" ? (
          <th key={column} scope="row">
            <bdi>{name}</bdi>
            {words.worth[worth] === "" ? null : (
              <span className="tag toned" data-tone={tones[worth]} title={words.worthHints[worth]}>
                {words.worth[worth]}
              </span>
            )}
          </th>
        ) : (
          <td key={column} data-name={words.columns[column]} data-zero={figures[column] === 0}>
            {formatFigure(figures[column])}
            {column === "used" && share !== null ? <small>{words.share(share)}</small> : null}
          </td>
        ),
      )}
      {onTryWithout === null ? null : (
        <td className="trigger-act">
          <button type="button" className="button" aria-label={words.withoutLabel(name)} onClick={onTryWithout}>
            {words.without}
          </button>
        </td>
      )}
    </tr>
  );
}
