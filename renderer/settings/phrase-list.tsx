import { X } from "lucide-react";
import { useId, useState } from "react";
import { settingsTexts } from "../texts/settings-texts.ts";
import { matchPhrases } from "./phrase-matching.ts";

interface PhraseListProps {
  readonly label: string;
  readonly hint: string;
  readonly phrases: readonly string[];
  /** In characters. */
  readonly maxLength: number;
  readonly disabled?: boolean;
  readonly onChange: (phrases: readonly string[]) => void;
}

/** A list of words or phrases as chips; the same field finds in a long list and adds to it. */
export function PhraseList({ label, hint, phrases, maxLength, disabled, onChange }: PhraseListProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const { shown, more, known } = matchPhrases(phrases, typed);
  const phrase = typed.trim();
  const tooLong = phrase.length > maxLength;
  const canAdd = phrase !== "" && !known && !tooLong;
  const message = tooLong
    ? settingsTexts.phrases.tooLong(maxLength)
    : known
      ? settingsTexts.phrases.known
      : phrases.length === 0
        ? settingsTexts.phrases.empty
        : shown.length === 0
          ? settingsTexts.phrases.noMatch
          : more > 0
            ? settingsTexts.phrases.more(more)
            : hint;
  const add = (): void => {
    if (!canAdd) return;
    setTyped("");
    onChange([...phrases, phrase]);
  };
  return (
    <div className="phrases">
      <label htmlFor={id}>
        {label} <span className="phrases-count">{phrases.length}</span>
      </label>
      {disabled === true && phrases.length <= shown.length ? null : (
        <form
          className="phrases-add"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            id={id}
            type="text"
            autoComplete="off"
            data-typed={canAdd}
            value={typed}
            placeholder={settingsTexts.phrases.placeholder}
            aria-label={settingsTexts.phrases.addLabel(label)}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {disabled === true ? null : (
            <button type="submit" className="button" disabled={!canAdd}>
              {settingsTexts.phrases.add}
            </button>
          )}
        </form>
      )}
      {shown.length === 0 ? null : (
        <ul className="chips" aria-label={label}>
          {shown.map((one) => (
            <li key={one} className="chip">
              <span>{one}</span>
              {disabled === true ? null : (
                <button
                  type="button"
                  aria-label={settingsTexts.phrases.remove(one)}
                  onClick={() => onChange(phrases.filter((other) => other !== one))}
                >
                  <X size={14} strokeWidth={1.5} aria-hidden="true" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="hint" id={`${id}-hint`}>
        {message}
      </p>
    </div>
  );
}
