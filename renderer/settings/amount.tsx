import { useEffect, useId, useState } from "react";

interface AmountProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

/** Until the slider rests this long, nothing is sent: one drag is one change. */
const REST_MS = 250;

/** A number on a slider, with its figure beside it. The slider leads while it is moved, main's value otherwise. */
export function Amount({ label, hint, value, min, max, step, format, disabled, onChange }: AmountProps) {
  const id = useId();
  const [draft, setDraft] = useState<number | null>(null);
  useEffect(() => {
    if (draft === null) return undefined;
    const timer = setTimeout(() => {
      setDraft(null);
      if (draft !== value) onChange(draft);
    }, REST_MS);
    return () => clearTimeout(timer);
  });
  const shown = draft ?? value;
  return (
    <div className="row row-amount">
      <label htmlFor={id}>
        {label}
        {hint === undefined ? null : <small>{hint}</small>}
      </label>
      <output htmlFor={id}>{format(shown)}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        aria-valuetext={format(shown)}
        disabled={disabled}
        onChange={(event) => setDraft(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
