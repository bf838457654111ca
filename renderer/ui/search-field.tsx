import { Search } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";

export interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly hint: string;
  readonly words: string;
  /** How much of the list is found, in words. */
  readonly found: string;
  /** How long what is searched for may be; as long as one likes unless given. */
  readonly maxLength?: number;
  readonly onWords: (words: string) => void;
  /** From the field into the list. */
  readonly onDown: () => void;
}

/** The field above a list: down or Enter leads into the list, Esc empties it and then leaves it. `/` is its key. */
export function SearchField({ field, label, hint, words, found, maxLength, onWords, onDown }: SearchFieldProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      onDown();
    }
    if (event.key === "Escape") {
      event.preventDefault();
      if (words === "") event.currentTarget.blur();
      else onWords("");
    }
  };
  return (
    <div className="search">
      <Search size={16} strokeWidth={1.5} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={hint}
        value={words}
        maxLength={maxLength}
        onChange={(event) => onWords(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span>{found}</span>
    </div>
  );
}
