import { Undo2 } from "lucide-react";
import { settingsTexts } from "../texts/settings-texts.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import type { RuleDifference, RuleField, RuleSettings } from "./rule-draft.ts";
import { valueWords } from "./value-words.ts";

const words = workshopTexts.draft;
/** More of a list are counted. */
const NAMED = 12;

interface DraftListProps {
  readonly differences: readonly RuleDifference[];
  readonly settings: RuleSettings;
  readonly rules: RuleSettings;
  readonly onTakeBack: (field: RuleField) => void;
}

/** What the draft changes beside what holds, each with its way back. */
export function DraftList({ differences, settings, rules, onTakeBack }: DraftListProps) {
  return (
    <section className="shop-draft" aria-label={words.title}>
      <h2>
        {words.title} <small>{differences.length === 0 ? words.none : words.count(differences.length)}</small>
      </h2>
      <ul>
        {differences.map((one) => {
          const name = settingsTexts.fields[one.field];
          return (
            <li key={one.field}>
              <div>
                <b>{name}</b>
                {one.kind === "list" ? (
                  <>
                    <Names label={words.added} names={one.edit.added} />
                    <Names label={words.removed} names={one.edit.removed} />
                  </>
                ) : (
                  <p>
                    {valueWords(one.field, rules)} <small>{words.from(valueWords(one.field, settings))}</small>
                  </p>
                )}
              </div>
              <IconButton icon={Undo2} label={words.takeBack(name)} onClick={() => onTakeBack(one.field)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Names({ label, names }: { readonly label: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p>
      {label} {names.slice(0, NAMED).map((name) => <bdi key={name} className="shop-name">{name}</bdi>)}
      {names.length > NAMED ? words.more(names.length - NAMED) : null}
    </p>
  );
}
