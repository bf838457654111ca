import type { Turn } from "../../shared/simulation.ts";
import { Fact } from "../connection/facts.tsx";
import { texts } from "../texts.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { valueWords } from "./expectations.ts";

const { details: words } = simulationTexts;

/** The turns of a case as the platform reported them. */
export function TurnList({ turns }: { readonly turns: readonly Turn[] }) {
  if (turns.length === 0) return <p className="side-hint">{words.noTurns}</p>;
  return (
    <ol className="turns">
      {turns.map((turn) => (
        <li key={turn.turnIndex}>
          <h4>{words.turn(turn.turnIndex)}</h4>
          <dl className="facts">
            <Fact name={words.flow}>{turn.flowId ?? texts.none}</Fact>
            <Fact name={words.intent}>{turn.intent ?? words.nothing}</Fact>
            <Fact name={words.entities}>{entityWords(turn)}</Fact>
            <Fact name={words.answer}>{turn.output ?? texts.none}</Fact>
            {turn.errorCode === null && turn.errorMessage === null ? null : (
              <Fact name={words.error}>
                <b className="turn-error">{[turn.errorCode, turn.errorMessage].filter((part) => part !== null).join(": ")}</b>
              </Fact>
            )}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function entityWords({ entities }: Turn): string {
  if (entities === null) return words.nothing;
  const found = Object.entries(entities).map(([name, value]) => `${name} = ${valueWords(value)}`);
  return found.length === 0 ? words.noEntities : found.join(", ");
}
