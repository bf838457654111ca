import type { Overview } from "../../shared/overview.ts";
import { AgentList } from "./agent-list.tsx";
import { DaysTable } from "./days-table.tsx";
import { DaysChart } from "./days-chart.tsx";
import { LatencyChart } from "./latency-chart.tsx";
import { LeftOutNote } from "./left-out-note.tsx";
import { OverviewFigures } from "./overview-figures.tsx";
import { SentimentSection } from "./sentiment-section.tsx";
import { TriggerTable } from "./trigger-table.tsx";
import { UnreadNote } from "./unread-note.tsx";
import { WithheldList } from "./withheld-list.tsx";

/** Everything that is counted of a period. */
export function OverviewContent({ overview }: { readonly overview: Overview }) {
  const { total, days, triggers, withheldBy, sentiment, leftOut, agents, unread } = overview;
  return (
    <>
      <UnreadNote unread={unread} />
      <LeftOutNote leftOut={leftOut} />
      <OverviewFigures total={total} />
      <div className="over-two">
        <DaysChart days={days} />
        <LatencyChart days={days} />
      </div>
      <DaysTable days={days} />
      <TriggerTable triggers={triggers} />
      <div className="over-two">
        <WithheldList rules={withheldBy} />
        <SentimentSection sentiment={sentiment} />
      </div>
      {overview.query.source === "team" ? <AgentList agents={agents} /> : null}
    </>
  );
}
