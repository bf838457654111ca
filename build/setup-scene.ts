import type { Page } from "playwright-core";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import type { SetupSystem, SetupView } from "../shared/setup.ts";
import { setupFields, setupSecrets, setupSystems } from "../shared/setup-fields.ts";

/** What the pictures of the first run need of the program at a standstill. */
interface SetupScene {
  readonly desk: PanelDesk;
  readonly shoot: (name: string, prepare: (page: Page) => Promise<void>) => Promise<void>;
}

/** The welcome over a practice call, then a form whose trial stopped at a secret that the platform does not take. */
export async function shootSetup({ desk, shoot }: SetupScene): Promise<void> {
  const show = (view: SetupView | null): void => {
    desk.publisher.publish({ kind: "setup", view });
  };
  show(viewOf("welcome"));
  await shoot("first-run", async (page) => {
    await page.locator(".welcome").waitFor();
  });
  show(viewOf("connect"));
  await shoot("first-run-connect", async (page) => {
    await page.locator(".setup-trial").evaluate((trial: HTMLElement) => {
      trial.style.scrollMarginBottom = "96px"; // the buttons stand in front of what is below
      trial.scrollIntoView({ block: "end" });
    });
  });
  show(null);
}

function viewOf(step: SetupView["step"]): SetupView {
  return { step, why: "unconfigured", systems: setupSystems.map(systemOf), configFile: "~/.config/callside/callside.config.json", vaultHindrance: null, draftTrouble: null };
}

function systemOf(system: (typeof setupSystems)[number]): SetupSystem {
  const isFirst = system === "assist";
  const values: Readonly<Record<string, string>> = isFirst ? { orgDomain: "your-org.cognigy.ai", agentId: "agent-204" } : {};
  return {
    form: { system, fields: setupFields[system].map(({ key }) => ({ key, value: values[key] ?? "" })) },
    fixed: [],
    problems: [],
    trial: isFirst
      ? { kind: "fails", step: "token", key: "COGNIGY_CLIENT_SECRET", fault: { kind: "refused", code: "credentials", status: 401, detail: "your-org.cognigy.ai answered 401: client id and secret do not match a client" } }
      : { kind: "untried" },
    secrets: setupSecrets[system].map((name) => ({ name, source: name.startsWith("COGNIGY_CLIENT_") ? "key-store" : null })),
    kept: "no",
    undoable: false,
  };
}
