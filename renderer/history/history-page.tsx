import "../ui/overview.css";
import "./filter-bar.css";
import "./history.css";
import "./record.css";
import { HistoryBench } from "./history-bench.tsx";
import { Banners } from "../panel/banners.tsx";

/** Past interactions: finding one, reading it as it was, forgetting it. */
export function HistoryPage() {
  return (
    <main className="past">
      <Banners />
      <HistoryBench />
    </main>
  );
}
