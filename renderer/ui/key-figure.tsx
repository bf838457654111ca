interface KeyFigureProps {
  readonly name: string;
  readonly value: string;
  readonly hint: string;
  readonly bad?: boolean;
}

/** One of the figures that a view begins with. Stands in a `dl.kpi`. */
export function KeyFigure({ name, value, hint, bad }: KeyFigureProps) {
  return (
    <div data-bad={bad === true}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <small>{hint}</small>
      </dd>
    </div>
  );
}
