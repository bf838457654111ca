import { History, Scale } from "lucide-react";
import type { RuleChange } from "../../shared/workshop.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { formatCount } from "../ui/format.ts";
import { FaultNote, Note } from "../ui/note.tsx";
import { ChangeList } from "./change-list.tsx";
import type { RehearsalView } from "./use-rehearsal.ts";

const { empty, kinds, failed, again } = workshopTexts;
const order: readonly RuleChange["kind"][] = ["withheld", "triggered", "untriggered", "loosened"];

interface ChangeResultsProps {
  readonly trial: RehearsalView;
  /** Whether the draft changes anything. */
  readonly touched: boolean;
  /** Whether only a part of the past was asked for. */
  readonly chosen: boolean;
  readonly loosensMaximum: boolean;
}

/** What the draft would have changed, kind by kind; and where that is nothing, why. */
export function ChangeResults({ trial: { rehearsed, fault, current, again: ask }, touched, chosen, loosensMaximum }: ChangeResultsProps) {
  if (fault !== null) {
    if (fault.code === "not-found-here") return <Words title={empty.offTitle} hint={empty.offHint} />;
    return (
      <FaultNote
        title={failed}
        fault={fault}
        action={
          <button type="button" className="button" onClick={ask}>
            {again}
          </button>
        }
      />
    );
  }
  if (rehearsed === null) return null;
  const { counts, changes, interactions, masked } = rehearsed;
  if (interactions === 0) return chosen ? <Words title={empty.elsewhereTitle} hint={empty.elsewhereHint} /> : <Words title={empty.nothingTitle} hint={empty.nothingHint} />;
  const shown = order.filter((kind) => counts[kind] > 0);
  return (
    <div className="shop-results" data-stale={!current}>
      {!touched ? <Words title={empty.untouchedTitle} hint={empty.untouchedHint} /> : shown.length === 0 && current ? <Words title={empty.sameTitle} hint={empty.sameHint} /> : null}
      {touched ? shown.map((kind) => <ChangeList key={kind} kind={kind} count={counts[kind]} changes={changes.filter((change) => change.kind === kind)} />) : null}
      {touched && loosensMaximum ? <Note tone="none">{kinds.maximum}</Note> : null}
      {touched && masked > 0 ? <p className="hint">{kinds.masked(formatCount(masked))}</p> : null}
    </div>
  );
}

function Words({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <Blank icon={title === empty.untouchedTitle || title === empty.sameTitle ? Scale : History} title={title}>
      <p>{hint}</p>
    </Blank>
  );
}
