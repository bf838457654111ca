import { z } from "zod";
import { assistSection } from "./assist-section.ts";
import { bridgeSection } from "./bridge-section.ts";
import { auditSection, desktopSection, historySection, networkSection, panelSection, telemetrySection, updatesSection } from "./house-sections.ts";
import { tunnelSection } from "./tunnel-section.ts";
import { integrationsSection, simulationsSection } from "./workbench-sections.ts";

/**
 * What callside.config.json may hold (design 5): one strict object per capability. A section that is absent is off.
 * Defaults that do not depend on another value are here; the others are in `complete-config.ts`.
 */
export const configFileSchema = z
  .strictObject({
    $schema: z.string().exactOptional().describe("The JSON Schema of this file, for editors."),
    tunnel: tunnelSection.exactOptional(),
    assist: assistSection.exactOptional(),
    bridge: bridgeSection.exactOptional(),
    integrations: integrationsSection.exactOptional(),
    simulations: simulationsSection.exactOptional(),
    audit: auditSection.exactOptional(),
    history: historySection.exactOptional(),
    telemetry: telemetrySection.exactOptional(),
    network: networkSection.exactOptional(),
    panel: panelSection.exactOptional(),
    desktop: desktopSection.exactOptional(),
    updates: updatesSection.exactOptional(),
  })
  .describe("The configuration of Callside. Secrets are not in it: they come from the environment or the key store.");

export type ConfigFile = z.output<typeof configFileSchema>;
