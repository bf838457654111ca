import type { Check, ExpectedOutcome } from "../../shared/simulation.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { type Expectation, expectations } from "./expectations.ts";

const { details: words, checks: kinds, outcomes } = simulationTexts;

interface CheckListProps {
  readonly outcome: ExpectedOutcome;
  readonly checks: readonly Check[];
}

interface Line extends Expectation {
  readonly found?: Check;
}

/** Every expectation with what was found instead of it, side by side; before a case has run, what is expected. */
export function CheckList({ outcome, checks }: CheckListProps) {
  const lines: readonly Line[] = checks.length > 0 ? checks.map((check) => ({ ...check, found: check })) : expectations(outcome);
  return (
    <table className="checks">
      <thead>
        <tr>
          <th scope="col">{words.check}</th>
          <th scope="col">{words.expected}</th>
          <th scope="col">{words.found}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.kind} ${line.name ?? ""}`} data-outcome={line.found?.outcome}>
            <th scope="row">{line.kind === "entity" ? (line.name ?? kinds.entity) : kinds[line.kind]}</th>
            <td>{line.expected}</td>
            <td>
              {line.found === undefined ? null : (
                <>
                  <b>{line.found.actual ?? words.nothing}</b>
                  <small>{outcomes[line.found.outcome]}</small>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
