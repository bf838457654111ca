import "../ui/overview.css";
import "./workshop.css";
import { Banners } from "../panel/banners.tsx";
import { WorkshopBench } from "./workshop-bench.tsx";

/** A supervisor's view for trying triggers and policy on the past before they hold. */
export function WorkshopPage() {
  return (
    <main className="shop">
      <Banners />
      <WorkshopBench />
    </main>
  );
}
