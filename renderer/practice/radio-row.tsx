import { useId } from "react";

interface RadioRowProps<T extends string | number> {
  readonly label: string;
  readonly hint: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, name: string])[];
  readonly onChange: (value: T) => void;
}

/** One of a few named values, all of them in sight; where the room ends they go on in the next line. */
export function RadioRow<T extends string | number>({ label, hint, value, options, onChange }: RadioRowProps<T>) {
  const id = useId();
  return (
    <div className="radio-row" role="radiogroup" aria-labelledby={id} aria-describedby={`${id}-hint`}>
      <span id={id} className="radio-label">
        {label}
      </span>
      <span className="radio-options">
        {options.map(([one, name]) => (
          <label key={one}>
            <input type="radio" name={id} value={one} checked={one === value} onChange={() => onChange(one)} />
            <span>{name}</span>
          </label>
        ))}
      </span>
      <small id={`${id}-hint`}>{hint}</small>
    </div>
  );
}
