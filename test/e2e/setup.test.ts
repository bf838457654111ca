import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { docked, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { type PlayedSetup, playSetup, setupSystem } from "../support/setup-fixture.ts";
import { updatesTo } from "../support/state-updates.ts";

const stage = usePanelStage();

const SECRET = "s3cr3t-of-a-client";

interface Shown {
  readonly page: Page;
  readonly played: PlayedSetup;
}

async function showPanel(host: PanelHost, viewport = wide): Promise<Shown> {
  const live = panelFixtures.live(systemClock.now());
  const settings = { ...live.settings, mode: "practice", role: "supervisor" } as const;
  const publisher = createPublisher({ settings, clock: systemClock });
  const played = playSetup(publisher);
  for (const update of updatesTo({ ...live, settings })) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { setup: () => played.commands }, viewport });
  onTestFinished(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });
  await shown.page.locator(".panel").waitFor();
  return { page: shown.page, played };
}

const calls = (played: PlayedSetup, name: string) => played.calls.filter(([one]) => one === name);
const noSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth && [...document.querySelectorAll(".setup-main, .welcome")].every((one) => one.scrollWidth <= one.clientWidth));

describe.each([loopbackHost, desktopHost])("the first run in a panel shown by the $name host", (host) => {
  it("welcomes over a panel that stays in use, and is put away by Practise, the cross or Escape", async () => {
    const { page, played } = await showPanel(host);
    played.show({ step: "welcome" });
    const card = page.getByRole("dialog", { name: "Welcome to Callside" });
    await card.waitFor();
    // Not modal: the panel behind it is there for everybody.
    expect(await page.evaluate(() => document.querySelector("dialog:modal"))).toBeNull();
    await page.keyboard.press("c");
    await page.locator(".sheet-connection").waitFor();
    await page.keyboard.press("Escape");
    await card.getByRole("button", { name: /^Practise/u }).click();
    await card.waitFor({ state: "detached" });
    played.show({ step: "welcome" });
    await card.waitFor();
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    expect(calls(played, "leave")).toEqual([["leave", "practice"], ["leave", "practice"]]);
  });

  it("leads to the forms and back by the keyboard alone", async () => {
    const { page, played } = await showPanel(host, docked);
    played.show({ step: "welcome" });
    await page.locator(".welcome").getByRole("button", { name: /^Connect/u }).press("Enter");
    await page.getByRole("heading", { name: "Agent assist" }).waitFor();
    await page.getByRole("button", { name: "Skip" }).press("Enter");
    await page.getByRole("heading", { name: "Runtime tunnel" }).waitFor();
    await page.getByRole("button", { name: "Back" }).press("Enter");
    await page.getByRole("heading", { name: "Agent assist" }).waitFor();
    await page.getByRole("button", { name: "Back" }).press("Enter");
    await page.getByRole("dialog", { name: "Welcome to Callside" }).waitFor();
    expect(calls(played, "show")).toEqual([["show", "connect"], ["show", "welcome"]]);
  });
});

describe("connecting a system", () => {
  it("tells main what is typed while it is typed, and all of it when the form goes away", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    await page.getByLabel("Organisation's domain").fill("org.example");
    await expect.poll(() => calls(played, "enter")).toEqual([["enter", "assist", { orgDomain: "org.example" }]]);
    await page.getByLabel("Your agent id").fill("a-7");
    // At once, before the pause that follows typing is over.
    await page.getByRole("button", { name: "Skip" }).click();
    await expect.poll(() => calls(played, "enter").at(-1)).toEqual(["enter", "assist", { orgDomain: "org.example", agentId: "a-7" }]);
    await page.getByRole("button", { name: "Back" }).click();
    expect(await page.getByLabel("Your agent id").inputValue()).toBe("a-7");
  });

  it("gives a pasted key to main as it came, and keeps nothing of it", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    const field = page.getByLabel("Client secret");
    await field.evaluate((element, text) => {
      const data = new DataTransfer();
      data.setData("text", text);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, `${SECRET}\n`);
    await expect.poll(() => calls(played, "secret")).toEqual([["secret", "COGNIGY_CLIENT_SECRET", SECRET.length + 1]]);
    await page.getByText("Kept in the key store").waitFor();
    await page.getByLabel("Client id").fill("typed");
    await page.getByLabel("Client id").press("Enter");
    await expect.poll(() => calls(played, "secret")).toHaveLength(2);
    expect([await field.inputValue(), await page.getByLabel("Client id").inputValue(), calls(played, "save")]).toEqual(["", "", []]);
    expect(await page.content()).not.toContain(SECRET);
  });

  it("says why a key was not stored, at its field and without the key", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    played.refuse("secret", { kind: "transport", code: "disk", detail: "the key store is locked" });
    await page.getByLabel("Client secret").fill(SECRET);
    await page.getByLabel("Client secret").press("Enter");
    await page.getByRole("alert").filter({ hasText: "the key store is locked" }).waitFor();
    expect(await page.content()).not.toContain(SECRET);
  });

  it("shows how far the trial came, and what it stopped at where it is to be mended", async () => {
    const { page, played } = await showPanel(loopbackHost, docked);
    played.show({});
    played.put(setupSystem("assist", { trial: { kind: "fails", step: "name", key: "orgDomain", fault: { kind: "transport", code: "unknown-host", detail: "orgg.example: no such name" } } }, { orgDomain: "orgg.example" }));
    const field = page.getByLabel("Organisation's domain");
    await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    await page.getByRole("listitem", { name: "name: failed" }).waitFor();
    await page.getByText("orgg.example: no such name").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => calls(played, "try")).toEqual([["try", "assist"]]);
    await page.getByText("Trying: reach…").waitFor();
    played.put(setupSystem("assist", { trial: { kind: "works", passed: ["name", "reach", "certificate", "token", "scope", "connection"] } }, { orgDomain: "org.example" }));
    await page.getByText("It works.").waitFor();
    expect(await page.getByRole("listitem", { name: /: good$/u }).count()).toBe(6);
  });

  it("points to a key that was refused with what happened, and says what to press after a trial that nobody repeats", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    played.put(setupSystem("assist", { trial: { kind: "fails", step: "token", key: "COGNIGY_CLIENT_SECRET", fault: { kind: "refused", code: "credentials", detail: "invalid_client", status: 401 } } }));
    const field = page.getByLabel("Client secret");
    await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    const pointer = page.locator(".setup-field", { has: field }).locator(".field-error");
    expect(await pointer.textContent()).toMatch(/^The trial points here: \S.+\.$/u);
    expect(await pointer.getAttribute("role")).toBeNull();
    played.put(setupSystem("assist", { trial: { kind: "fails", step: "token", key: null, fault: { kind: "transport", code: "timeout", detail: "no answer within 5 s" } } }));
    const said = page.getByRole("alert").filter({ hasText: "The platform took too long to answer." });
    await said.waitFor();
    expect(await said.textContent()).toContain("Press “Try again”");
    expect(await said.textContent()).not.toContain("it is tried again");
  });

  it("says one thing about what is kept: of what is typed, and of keys", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    await page.getByText("What you type is kept, also when Callside ends now.").waitFor();
    await page.getByText("Each goes to this computer's key store").waitFor();
    played.show({ draftTrouble: { kind: "transport", code: "disk", detail: "no space is left on the disk (ENOSPC)" }, vaultHindrance: "the key store of this system is locked" });
    await page.getByText("What you type is not kept beyond this run.").waitFor();
    await page.getByText("Keys cannot be kept on this computer: the key store of this system is locked.").waitFor();
    await page.getByText("Each is held in memory").waitFor();
    expect(await page.getByText("What you type is kept").count()).toBe(0);
    expect(await page.getByText("Each goes to this computer's key store").count()).toBe(0);
  });

  it("says what is missing once somebody wants to save, and not before", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    played.put(setupSystem("assist", { problems: [{ kind: "missing", key: "orgDomain" }] }));
    const problem = page.getByText("Found nothing. Allowed: a host name without https:// and without a path, such as your-org.cognigy.ai, or all addresses of your own in its place.");
    await page.getByText("It is tried by itself").waitFor();
    expect(await problem.count()).toBe(0);
    played.refuse("save", { kind: "policy", code: "invalid-input", detail: "assist.orgDomain" });
    await page.getByRole("button", { name: /^Save/u }).click();
    await problem.waitFor();
  });

  it("saves by Enter, takes it back by Undo, and sums up at the end", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({});
    await page.getByLabel("Organisation's domain").fill("org.example");
    await page.getByLabel("Organisation's domain").press("Enter");
    await page.getByText("Agent assist is in use now.").waitFor();
    // What was typed goes first.
    expect(played.calls.map(([name]) => name)).toEqual(["enter", "save"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Agent assist is as it was before.").waitFor();
    await page.getByRole("button", { name: /^Save/u }).click();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("navigation", { name: "Systems" }).getByRole("button", { name: "Summary" }).click();
    await page.getByRole("heading", { name: "What is connected" }).waitFor();
    await page.getByRole("button", { name: "Open the panel" }).click();
    await page.locator(".sheet-setup").waitFor({ state: "detached" });
    expect(calls(played, "leave")).toEqual([["leave", "panel"]]);
  });

  it("shows what is decided elsewhere and does not ask for it", async () => {
    const { page, played } = await showPanel(loopbackHost);
    played.show({ vaultHindrance: "no key store answers" });
    played.put(
      setupSystem("assist", {
        fixed: [
          { key: "orgDomain", value: "org.example", by: "machine", reason: "One organisation for all desks" },
          { key: "agentId", value: "a-7", by: "environment", reason: "SOME_VARIABLE" },
        ],
        secrets: [{ name: "COGNIGY_CLIENT_ID", source: "environment" }, { name: "COGNIGY_CLIENT_SECRET", source: "memory" }],
      }),
    );
    await page.getByText("Set by IT for this computer: One organisation for all desks").waitFor();
    await page.getByText("Set by the environment variable SOME_VARIABLE.").waitFor();
    await page.getByText("Kept until Callside ends").waitFor();
    await page.getByText("no key store answers").waitFor();
    expect(await page.locator(".setup-form input:not([type=password]):visible").count()).toBe(0);
    expect(await page.locator(".setup-form input[type=password]").count()).toBe(1);
  });

  it("is found again in the settings and in the help", async () => {
    const { page, played } = await showPanel(loopbackHost);
    for (const key of [",", "?"]) {
      await page.keyboard.press(key);
      await page.getByRole("button", { name: "Connections and practice" }).click();
      await page.locator(".sheet-setup").waitFor();
      await page.getByRole("button", { name: "Close" }).click();
      await page.locator(".sheet-setup").waitFor({ state: "detached" });
    }
    expect(played.calls).toEqual([["show", "connect"], ["leave", "panel"], ["show", "connect"], ["leave", "panel"]]);
  });

  it.each([docked, wide])("fits $width px, also with long words, and can be used by everybody", async (viewport) => {
    const { page, played } = await showPanel(loopbackHost, viewport);
    played.show({ step: "welcome" });
    await page.locator(".welcome").waitFor();
    expect(await noSideways(page)).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    played.show({ step: "connect", configFile: `/home/${"a-long-name-".repeat(12)}/callside.config.json` });
    const long = "a-very-long-name-of-a-host-".repeat(12);
    played.put(
      setupSystem("assist", { kept: "changed", undoable: true, problems: [{ kind: "elsewhere", found: long, allowed: long }, { kind: "wrong", key: "agentId" }], trial: { kind: "fails", step: "reach", key: "tokenUrl", fault: { kind: "transport", code: "network", detail: long } } }, { agentId: long, tokenUrl: `https://${long}` }),
    );
    await page.getByText("It stops at: reach.").first().waitFor();
    expect(await noSideways(page)).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Summary" }).click();
    await page.getByRole("heading", { name: "What is connected" }).waitFor();
    expect(await noSideways(page)).toBe(true);
  });
});
