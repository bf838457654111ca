import "../ui/overview.css";
import "./workshop.css";
import { Banners } from "../panel/banners.tsx";
import { useKeptDraft } from "./use-draft-keeper.ts";
import { WorkshopBench } from "./workshop-bench.tsx";

/** A supervisor's view for trying triggers and policy on the past before they hold. */
export function WorkshopPage() {
  const kept = useKeptDraft();
  return (
    <main className="shop">
      <Banners />
      {kept === null ? null : <WorkshopBench start={kept} />}
    </main>
  );
}
