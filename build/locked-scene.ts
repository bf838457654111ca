import type { Page } from "playwright-core";
import { memoryConfigFile } from "../electron/config/config-file.ts";
import type { MachinePort } from "../electron/config/machine-reading.ts";

const POLICY = {
  version: 1,
  settings: { panel: { theme: "system" }, assist: { minConfidence: 0.8, keywords: ["refund", "cancel", "complaint", "escalate"], prohibitedPhrases: ["guarantee full refund", "legal action"] } },
  reason: { panel: "Ask the service desk.", assist: "Compliance rule 7, approved by Legal." },
};

/** A computer on which IT has set some of the settings. */
export const LOCKED: MachinePort = {
  kept: memoryConfigFile(),
  read: async () => [{ kind: "text", origin: "policy.json", text: JSON.stringify(POLICY) }],
};

/** What the picture of settings that IT has set needs of the program at a standstill. */
interface LockedScene {
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** The settings where some are free, and some say who has set them and why. */
export async function shootLocked({ shoot }: LockedScene): Promise<void> {
  await shoot("settings-locked", async (page) => {
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("dialog").getByText("Set by IT").first().waitFor();
  });
}
