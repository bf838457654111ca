import { useId } from "react";

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, name: string])[];
  readonly onChange: (value: T) => void;
}

/** One of very few named values, all of them in sight. */
export function Segments<T extends string>({ label, hint, value, options, onChange }: SegmentsProps<T>) {
  const id = useId();
  return (
    <div className="row row-segments" role="radiogroup" aria-labelledby={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      <span>
        <span id={id}>{label}</span>
        {hint === undefined ? null : <small id={`${id}-hint`}>{hint}</small>}
      </span>
      <div className="segments">
        {options.map(([one, name]) => (
          <label key={one}>
            <input type="radio" name={id} value={one} checked={one === value} onChange={() => onChange(one)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
