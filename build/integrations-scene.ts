import type { Page } from "playwright-core";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import { draftSchema, type Draft, type IntegrationRow } from "../shared/integration-view.ts";
import { type CommandInput, commandTable } from "../shared/panel.ts";
import type { CommandName } from "../shared/command-names.ts";
import type { Sandbox } from "../electron/sandbox/sandbox.ts";
import type { SteppedClock } from "./stepped-clock.ts";

const PAYLOAD = '{\n  "customer": "Fournier",\n  "status": "Shipped"\n}';
const TOO_LONG_SECONDS = 300;
/** What the order service takes for an answer, and what a request takes to be waiting for it. */
const SERVICE_MS = 38;
const SETTLE_MS = 20;

/** What the pictures of integrations need of the program at a standstill. */
interface IntegrationsScene {
  readonly desk: PanelDesk;
  readonly clock: SteppedClock;
  readonly sandbox: Sandbox;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** The lookup of orders from nothing to a registered integration that is about to change: begin, define, try, register, map, compare. */
export async function shootIntegrations({ desk, clock, sandbox, shoot }: IntegrationsScene): Promise<void> {
  const give = async <N extends CommandName>(name: N, input: CommandInput<N>): Promise<unknown> => {
    const reply = await desk.commands(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.detail}`);
    return reply.value;
  };
  const row = (): IntegrationRow | undefined => desk.publisher.state().integrations?.rows[0];
  const save = async (key: string | null, draft: Draft): Promise<string> => commandTable["integrations.save"].output.parse(await give("integrations.save", { key, draft })).key;

  const run = async (page: Page): Promise<void> => {
    await openIntegration(page);
    await page.getByRole("tab", { name: "Try" }).click();
    await page.getByLabel("Payload of the bot, as JSON").fill(PAYLOAD);
    const { orderRequests } = sandbox.stats();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    while (sandbox.stats().orderRequests === orderRequests) await page.waitForTimeout(SETTLE_MS);
    await page.waitForTimeout(SETTLE_MS);
    await clock.advanceTo(clock.now() + SERVICE_MS);
    await page.locator(".map-result .code-block").first().waitFor();
  };

  sandbox.setFault("orders-latency", SERVICE_MS);
  await shoot("integrations-empty", async (page) => {
    await goToIntegrations(page);
    await page.locator(".ways").waitFor();
  });
  const { draft } = commandTable["integrations.example"].output.parse(await give("integrations.example", {}));
  const config = draftSchema.parse(draft["config"]);
  const key = await save(null, { ...draft, config: { ...config, timeout_seconds: TOO_LONG_SECONDS } });
  await clock.advanceUntil(() => row()?.problems === 1);
  await shoot("integrations-define", async (page) => {
    await openIntegration(page);
    await page.locator(".problem-links").waitFor();
  });
  await save(key, draft);
  await clock.advanceUntil(() => row()?.problems === 0);
  await shoot("integrations-try", run);
  await give("integrations.register", { key });
  await clock.advanceUntil(() => row()?.registered !== null);
  await shoot("integrations-map", async (page) => {
    await run(page);
    await page.getByLabel("Extract", { exact: true }).fill('data.result[].{number: "Order Number", status: Status}');
    await page.locator(".map-result .code-block").first().filter({ hasText: '"number"' }).waitFor();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.locator(".fixture-bar").scrollIntoViewIfNeeded();
  });
  await clock.advanceUntil(() => row()?.registered?.changed === true);
  await shoot("integrations-register", async (page) => {
    await openIntegration(page);
    await page.getByRole("tab", { name: "Register" }).click();
    await page.locator(".differences").waitFor();
  });
}

async function goToIntegrations(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: "Integrations" }).click();
  await page.locator("main.int").waitFor();
}

async function openIntegration(page: Page): Promise<void> {
  await goToIntegrations(page);
  await page.locator(".int-row").first().click();
  await page.locator(".definition-form").waitFor();
}
