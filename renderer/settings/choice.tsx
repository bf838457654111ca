import { useId } from "react";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, name: string])[];
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

/** One of a few named values. */
export function Choice<T extends string>({ label, hint, value, options, disabled, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className="row">
      <label htmlFor={id}>
        {label}
        {hint === undefined ? null : <small>{hint}</small>}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find(([one]) => one === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
