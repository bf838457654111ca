import type { Overview } from "../../shared/overview.ts";
import { texts } from "../texts.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatDate, formatFigure } from "../ui/format.ts";
import { shareOf } from "./share.ts";

const { agents: words, figures: figureWords, percent } = overviewTexts;

/** The team's agents; those whose figures are still only theirs say until when. */
export function AgentList({ agents }: { readonly agents: Overview["agents"] }) {
  if (agents.length === 0) return null;
  return (
    <section className="over-part" aria-labelledby="over-agents">
      <header className="over-part-head">
        <h2 id="over-agents">{words.title}</h2>
        <p className="over-hint">{words.hint}</p>
      </header>
      <table className="trigger-table agent-table" aria-labelledby="over-agents">
        <thead>
          <tr>
            {[words.agent, figureWords.displayed, figureWords.used, words.share, figureWords.dismissed, figureWords.withheld, figureWords.fallbacks].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agents.map((one) => (
            <tr key={`${one.kind} ${one.agentId}`}>
              <th scope="row">
                <bdi>{one.agentId}</bdi>
                {one.kind === "shown" && one.until !== null ? <small className="agent-rest">{words.rest(formatDate(one.until))}</small> : null}
              </th>
              {one.kind === "hidden" ? (
                <td colSpan={6} className="agent-hidden">
                  {words.hidden(formatDate(one.until))}
                </td>
              ) : (
                <Cells figures={one.figures} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cells({ figures }: { readonly figures: Overview["total"] }) {
  const share = shareOf(figures.used, figures.displayed);
  return (
    <>
      <td data-name={figureWords.displayed}>{formatFigure(figures.displayed)}</td>
      <td data-name={figureWords.used}>{formatFigure(figures.used)}</td>
      <td data-name={words.share}>{share === null ? texts.none : percent(share)}</td>
      <td data-name={figureWords.dismissed}>{formatFigure(figures.dismissed)}</td>
      <td data-name={figureWords.withheld}>{formatFigure(figures.withheld)}</td>
      <td data-name={figureWords.fallbacks}>{formatFigure(figures.fallbacks)}</td>
    </>
  );
}
