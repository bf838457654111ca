import "../ui/overview.css";
import "./begin.css";
import "./integrations.css";
import "./definition-form.css";
import "./try.css";
import { Plug } from "lucide-react";
import { Banners } from "../panel/banners.tsx";
import { usePanelState } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { IntegrationsBench } from "./integrations-bench.tsx";

const { off } = integrationTexts;

/** A supervisor's view of REST integrations: which there are, and one of them in all its steps. */
export function IntegrationsPage() {
  const view = usePanelState((state) => state.integrations);
  return (
    <main className="int">
      <Banners />
      {view === null ? (
        <Blank level={1} icon={Plug} title={off.title}>
          <p>{off.hint}</p>
          <p>{off.how}</p>
        </Blank>
      ) : (
        <IntegrationsBench view={view} />
      )}
    </main>
  );
}
