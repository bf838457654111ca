import "../ui/overview.css";
import "../history/filter-bar.css";
import "./overview.css";
import "./charts.css";
import "./trigger-table.css";
import { Banners } from "../panel/banners.tsx";
import { OverviewBench } from "./overview-bench.tsx";
import { SystemsRow } from "./systems-row.tsx";

/** Whether all systems work, and whether suggestions help: for a supervisor of all, for an agent of the own desk. */
export function OverviewPage() {
  return (
    <main className="over">
      <Banners />
      <div className="over-body">
        <OverviewBench systems={<SystemsRow />} />
      </div>
    </main>
  );
}
