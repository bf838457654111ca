import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { problemPlace } from "./words.ts";

const { problems: words } = simulationTexts;
const ESTIMATED_ROW_PX = 56;

interface ProblemListProps {
  readonly problems: NonNullable<SimulationsView["problems"]>;
  readonly actions: ReactNode;
}

/** Everything that is wrong with a suite: where, in which field, what was found and what is allowed. */
export function ProblemList({ problems, actions }: ProblemListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- says that the React Compiler would skip this; it is not used
  const virtualizer = useVirtualizer({
    count: problems.list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    overscan: 8,
    useFlushSync: false,
  });
  return (
    <section className="problems" aria-labelledby="problems-title">
      <header>
        <h2 id="problems-title">{words.title(problems.file, problems.count)}</h2>
        <p>
          {words.hint} {words.listed(problems.list.length, problems.count)}
        </p>
        <div className="problems-actions">{actions}</div>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the list cannot be scrolled by keyboard */}
      <div ref={scroller} className="problem-scroller" tabIndex={0}>
        <ol className="problem-lines" aria-labelledby="problems-title" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const problem = problems.list[item.index];
            return problem === undefined ? null : (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="problem"
                aria-setsize={problems.list.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <code>{problemPlace(problem)}</code>
                <span className="problem-words">
                  <code>{problem.field === "" ? words.wholeFile : problem.field}</code>
                  <span>{problem.message}</span>
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
