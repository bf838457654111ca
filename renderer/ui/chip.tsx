import { texts } from "../texts.ts";
import { formatCount } from "./format.ts";

interface ChipProps {
  readonly name: string;
  /** Null where it is not known yet. */
  readonly count: number | null;
  readonly pressed: boolean;
  readonly hint?: string;
  readonly onPress: () => void;
}

/** One choice. It stays in its place when it stands for nothing, so that the next one is not under the pointer instead. */
export function Chip({ name, count, pressed, hint, onPress }: ChipProps) {
  return (
    <button type="button" className="filter" aria-pressed={pressed} data-empty={count === 0} disabled={count === null} title={hint} onClick={onPress}>
      {name} <span>{count === null ? texts.none : formatCount(count)}</span>
    </button>
  );
}
