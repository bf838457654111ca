import type { Page } from "playwright-core";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import type { Sandbox } from "../electron/sandbox/sandbox.ts";
import type { SteppedClock } from "./stepped-clock.ts";

/** What the pictures of the page "what is wrong" need of the program at a standstill. */
interface HealthScene {
  readonly desk: PanelDesk;
  readonly clock: SteppedClock;
  readonly sandbox: Sandbox;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** Everything as it should be; then the platform accepts no credentials any more. The checks are the program's own. */
export async function shootHealth({ desk, clock, sandbox, shoot }: HealthScene): Promise<void> {
  const check = async (): Promise<void> => {
    const asked = await desk.commands("health.check", {});
    if (!asked.ok) throw new Error(`health.check: ${asked.error.code} ${asked.error.detail}`);
    await clock.advanceUntil(() => desk.publisher.state().health.state === "done");
  };
  await check();
  await shoot("health-good", openHealth);
  sandbox.setFault("refuse-token", "401");
  await check();
  await shoot("health-refused", openHealth);
  sandbox.setFault("refuse-token", null);
}

/** The last run is young enough to be shown as it is. */
async function openHealth(page: Page): Promise<void> {
  await page.getByRole("contentinfo").getByRole("button").first().click();
  await page.getByRole("button", { name: /^What is wrong/u }).click();
  await page.locator(".health-subject").first().waitFor();
}
