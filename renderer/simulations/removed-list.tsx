import { simulationTexts } from "../texts/simulation-texts.ts";

/** Cases of the baseline that this batch does not have: there is no row for them, only their names. */
export function RemovedList({ ids }: { readonly ids: readonly string[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the region cannot be scrolled by keyboard
    <section className="removed" aria-label={simulationTexts.filter.removedTitle} tabIndex={0}>
      <h3>{simulationTexts.filter.removedTitle}</h3>
      <ul className="names">
        {ids.map((id) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
    </section>
  );
}
