interface DayNamesProps {
  /** In words, by their place. */
  readonly days: readonly string[];
  /** The places that are named. */
  readonly named: readonly number[];
}

/** The days below a drawing: all of a few, the ends and the middle of many. */
export function DayNames({ days, named }: DayNamesProps) {
  return (
    <div className="day-names" data-all={named.length === days.length}>
      {named.map((place) => (
        <span key={place}>{days[place]}</span>
      ))}
    </div>
  );
}
