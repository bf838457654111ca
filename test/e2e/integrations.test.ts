import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPublisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { JsonValue } from "../../shared/integration.ts";
import type { Draft } from "../../shared/integration-view.ts";
import { withField } from "../../renderer/integrations/draft-fields.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { orderLookup, otherRows, type PlayedIntegrations, playIntegrations } from "../support/integrations-fixture.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { desktopHost, loopbackHost, type PanelHost } from "../support/panel-hosts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { docked, type PanelPage, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { updatesTo } from "../support/state-updates.ts";

const stage = usePanelStage();

interface Shown extends PanelPage {
  readonly played: PlayedIntegrations;
}

async function showPanel(host: PanelHost, viewport: { readonly width: number; readonly height: number }): Promise<Shown> {
  const publisher = createPublisher({ settings: fixtureSettings, clock: systemClock });
  const played = playIntegrations(publisher, () => systemClock.now());
  for (const update of updatesTo(panelFixtures.live(systemClock.now()))) publisher.publish(update);
  const shown = await showPanelPage(host, { stage, publisher, ports: { integrations: () => played.commands }, viewport });
  await shown.page.locator(".panel").waitFor();
  return { ...shown, played };
}

describe.each([loopbackHost, desktopHost])("integrations in the $name host", (host) => {
  let shown: Shown;
  let page: Page;
  let played: PlayedIntegrations;

  beforeEach(async () => {
    shown = await showPanel(host, wide);
    ({ page, played } = shown);
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const open = async (...drafts: readonly Draft[]): Promise<string> => {
    const keys = drafts.map((draft) => played.keep(draft));
    played.show();
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.locator(".int").waitFor();
    return keys[0] ?? "";
  };
  const step = (name: string) => page.getByRole("tab", { name }).click();
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const calls = (name: string) => played.calls.filter(([called]) => called === name);
  const run = async (): Promise<void> => {
    await step("Try");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator(".reply-facts").waitFor();
  };

  it("says how to turn it on where it is off, and teaches three ways to begin where there is nothing", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.getByRole("heading", { name: "Integrations are not set up" }).waitFor();
    played.show();
    await page.getByRole("heading", { name: "Connect the bot to a service" }).waitFor();
    for (const name of ["Practice example", "Import", "From scratch"]) await page.getByRole("heading", { name }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Go to Integrations").waitFor();
  });

  it("goes from nothing to a registered integration by the example", async () => {
    await open();
    await page.getByRole("button", { name: "Use the example" }).click();
    await expect.poll(() => field("Name").inputValue()).toBe("Order lookup");
    await expect.poll(() => field("Name").evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByText("Nothing is wrong with it.").waitFor();
    await step("Try");
    expect(await page.getByLabel("Payload of the bot, as JSON").inputValue()).toContain("Fournier");
    await page.keyboard.press("Escape");
    await page.getByLabel("Payload of the bot, as JSON").press("Control+Enter");
    await page.getByText("Status 200").waitFor();
    await page.getByRole("region", { name: "Request as it was sent" }).getByText("Bearer ••••").waitFor();
    await page.getByRole("region", { name: "What the bot will see" }).last().getByText('"order_number": "ORD-2041"').waitFor();
    await step("Register");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("Registered.", { exact: true }).waitFor();
    await page.getByText("Nothing has changed since it was registered last.").waitFor();
    expect(calls("register")).toHaveLength(1);
  });

  it("tells problems by field as one types, and leads to each", async () => {
    const key = await open(orderLookup);
    await field("Address").fill("http://orders.example/");
    await page.getByRole("heading", { name: "1 problem to mend" }).waitFor();
    await page.locator(".definition-field[data-wrong=true]").getByText("https").first().waitFor();
    expect(await field("Address").getAttribute("aria-invalid")).toBe("true");
    await field("Timeout").fill("five");
    await page.getByRole("heading", { name: "2 problems to mend" }).waitFor();
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await page.getByRole("button", { name: /^config\.timeout_seconds/u }).click();
    await expect.poll(() => field("Timeout").evaluate((element) => element === document.activeElement)).toBe(true);
    await field("Timeout").fill("5");
    await field("Address").fill("https://orders.example/");
    await page.getByText("Nothing is wrong with it.").waitFor();
    await page.getByText("Saved", { exact: true }).waitFor();
    await expect.poll(() => played.kept(key)).toEqual(withField(withField(orderLookup, ["config", "timeout_seconds"], 5), ["config", "url"], "https://orders.example/"));
  });

  it("is the same definition as form and as JSON, and keeps a JSON that cannot be read as it is typed", async () => {
    const key = await open(orderLookup);
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    const source = page.getByLabel("The definition as JSON");
    await source.fill('{"name": "From JSON",');
    await page.getByText("Line 1, column 22").waitFor();
    await page.getByText("The JSON is not saved until it can be read").waitFor();
    await page.getByRole("button", { name: "Form", exact: true }).click();
    expect(await field("Name").inputValue()).toBe("Order lookup");
    expect(await field("Name").isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Back to the JSON" }).click();
    expect(await source.inputValue()).toBe('{"name": "From JSON",');
    await source.fill('{"name": "From JSON", "bot_id": "b", "config": {"url": "https://a.example/"}}');
    await page.getByRole("button", { name: "Form", exact: true }).click();
    expect(await field("Name").inputValue()).toBe("From JSON");
    await page.getByText("Saved", { exact: true }).waitFor();
    await expect.poll(() => played.kept(key)?.["name"]).toBe("From JSON");
  });

  it("lets headers and body be written, with the bot's payload merged or not", async () => {
    const key = await open(orderLookup);
    await page.getByRole("button", { name: "Add a header" }).click();
    await page.getByLabel("Name of header").last().fill("Accept-Language");
    await page.getByLabel("Value of header Accept-Language").fill("en");
    await page.getByLabel("Merge the bot's payload into it").uncheck();
    await expect.poll(() => page.getByLabel("What is sent, as JSON").inputValue()).toBe('{\n  "limit": 5\n}');
    await page.getByLabel("What is sent, as JSON").fill('{"limit": 6');
    await page.getByText(/Cannot be read: Line 1, column 12/u).waitFor();
    await page.getByLabel("What is sent, as JSON").fill('{"limit": 6}');
    await page.getByLabel("Merge the bot's payload into it").check();
    await page.getByRole("button", { name: "Remove header X-Request-Source" }).click();
    await expect.poll(() => played.kept(key)).toMatchObject({
      config: { headers: { "Accept-Language": "en" }, request_mapping: { body: { limit: 6, $input: "bot.payload", transform: "json_merge" } } },
    });
    expect(Object.keys(Object(played.kept(key)?.["config"]).headers)).toEqual(["Accept-Language"]);
  });

  it("keeps what was written while main did not take it, on another view and on another integration", async () => {
    const key = await open(orderLookup, { ...orderLookup, name: "Second" });
    const refuse = async (name: string): Promise<void> => {
      played.refuse("save", { kind: "policy", code: "disk", detail: "no space" });
      await field("Name").fill(name);
      await page.getByText(/^Not saved: A file could not be read or written/u).waitFor();
    };
    await refuse("Saved again");
    expect(played.kept(key)?.["name"]).toBe("Order lookup");
    await page.getByRole("button", { name: "Save again" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(played.kept(key)?.["name"]).toBe("Saved again");
    await refuse("Not lost");
    await page.locator(".int-row").nth(1).click();
    await expect.poll(() => field("Name").inputValue()).toBe("Second");
    await page.locator(".int-row").first().focus();
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.locator(".panel").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await page.locator(".int-row").first().click();
    expect(await field("Name").inputValue()).toBe("Not lost");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(played.kept(key)?.["name"]).toBe("Not lost");
  });

  it("maps as one types, keeps the last good result beside what is wrong, and shows the newest answer", async () => {
    await open(orderLookup);
    await run();
    const result = page.locator(".map-result .code-block").first();
    await expect.poll(() => result.innerText()).toContain('"order_number"');
    await field("Extract").fill("data.result[");
    await page.getByRole("alert").filter({ hasText: /column/u }).waitFor();
    expect(await result.getAttribute("data-stale")).toBe("true");
    expect(await result.innerText()).toContain('"order_number"');
    const release = played.hold("map");
    await field("Extract").fill("data.result[0]");
    await expect.poll(() => calls("map").length).toBeGreaterThanOrEqual(3);
    await field("Extract").fill("meta");
    await expect.poll(() => calls("map").at(-1)?.[1]).toMatchObject({ extract: "meta" });
    release();
    await expect.poll(() => result.innerText()).toContain("<b>two</b> orders");
    expect(await page.locator(".map-result b").count()).toBe(0);
    await field("Normalise").selectOption("flatten");
    await field("Extract").fill("data.result");
    await expect.poll(() => result.innerText()).toContain('"count": 2');
  });

  it("can be run, cancelled and run again; the answer that comes late is not shown", async () => {
    await open(orderLookup);
    await step("Try");
    const release = played.hold("try");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText("Waiting for the service, 0 s…").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    release();
    await page.getByText("Nothing has run yet").waitFor();
    await page.getByLabel("Payload of the bot, as JSON").fill("{");
    await page.getByText(/The payload is no JSON/u).waitFor();
    expect(await page.getByRole("button", { name: "Run", exact: true }).isDisabled()).toBe(true);
    await page.getByLabel("Payload of the bot, as JSON").fill("{}");
    played.answerWith({ kind: "failed", fault: { kind: "transport", code: "server-error", detail: "HTTP 503" }, statusCode: 503, body: "<h1>Service Unavailable</h1>" });
    await run();
    await page.getByText("3 attempts").waitFor();
    await page.getByText("<h1>Service Unavailable</h1>").waitFor();
    expect(await page.locator(".reply h1").count()).toBe(0);
    played.refuse("try", { kind: "policy", code: "address-refused", detail: "169.254.169.254" });
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText(/169\.254\.169\.254/u).waitFor();
  });

  it("shows a reply of 1 MB cut, with its size", async () => {
    await open(orderLookup);
    const rows: JsonValue = Array.from({ length: 12_000 }, (_, index) => ({ id: index, text: "<script>alert(1)</script> אבג", long: "x".repeat(20) }));
    played.answerWith({ data: { result: rows } });
    await run();
    await page.getByText(/^The beginning; 1\.\d MB in all/u).waitFor();
    expect((await page.getByRole("region", { name: "Body of the reply" }).innerText()).length).toBeLessThan(21_000);
    await page.getByText("Only the beginning is shown.").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  it("keeps a reply as a fixture, maps against it offline, and drops it", async () => {
    await open(orderLookup);
    await run();
    await page.getByLabel("Name of the fixture").fill("two orders");
    await page.getByLabel("Name of the fixture").press("Enter");
    await page.getByText("Kept", { exact: true }).waitFor();
    await page.getByLabel("Reply to map").selectOption("fixture two orders");
    await field("Extract").fill("meta.count");
    await expect.poll(() => page.locator(".map-result .code-block").first().innerText()).toBe("2");
    expect(calls("map").at(-1)?.[1]).toMatchObject({ source: { kind: "fixture", name: "two orders" } });
    expect(calls("try")).toHaveLength(1);
    await page.getByRole("button", { name: "Delete fixture two orders" }).click();
    await expect.poll(() => page.getByLabel("Reply to map").locator("option").count()).toBe(2);
  });

  it("registers with its differences, tells a refusal, and brings back what was registered", async () => {
    await open(orderLookup);
    await step("Register");
    played.refuse("register", { kind: "refused", code: "bad-request", detail: "bot_id: not a bot of this tenant", status: 400 });
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "bot_id: not a bot of this tenant" }).waitFor();
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.getByText("Nothing has changed since it was registered last.").waitFor();
    await step("Define");
    await field("Timeout").fill("20");
    await step("Register");
    await page.getByText("1 field differs from what was registered last").waitFor();
    expect((await page.getByRole("row", { name: /config\.timeout_seconds/u }).innerText()).replaceAll(/\s+/gu, " ")).toBe("config.timeout_seconds 10 20");
    await page.getByRole("region", { name: "Calls since Callside began" }).getByText("61 ms").waitFor();
    await page.locator(".history summary").click();
    await page.getByRole("button", { name: "Bring back" }).click();
    await page.getByText("Nothing has changed since it was registered last.").waitFor();
  });

  it("imports what is pasted: a draft with notes, a choice of operations, or what is wrong with it", async () => {
    await open(orderLookup);
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog", { name: "New integration" });
    const pasted = dialog.getByLabel("curl command or OpenAPI document");
    await pasted.fill("curl --proxy x");
    played.importAs({ kind: "refused", problems: [{ path: "--proxy", message: "is not taken over; allowed: -H, -d", line: 1 }] });
    await dialog.getByRole("button", { name: "Make a draft of it" }).click();
    await dialog.getByText("is not taken over").waitFor();
    played.importAs({ kind: "operations", operations: [{ id: "findOrders", method: "POST", path: "/orders/search", summary: "Finds orders" }] });
    await pasted.fill("openapi: 3.0.0");
    await dialog.getByRole("button", { name: "Make a draft of it" }).click();
    await dialog.getByRole("button", { name: /Finds orders/u }).click();
    await dialog.waitFor({ state: "detached" });
    expect(calls("import").at(-1)).toEqual(["import", "openapi: 3.0.0", "findOrders"]);
    await expect.poll(() => page.locator(".int-row").count()).toBe(2);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "New", exact: true }).click();
    played.importAs({ kind: "draft", draft: { ...orderLookup, name: "Pasted" }, notes: ["The secret was not taken over."] });
    await dialog.getByLabel("curl command or OpenAPI document").fill("curl https://a.example");
    await dialog.getByRole("button", { name: "Make a draft of it" }).click();
    await page.getByText("The secret was not taken over.").waitFor();
    expect(await field("Name").inputValue()).toBe("Pasted");
  });

  it("deletes, and brings back what was deleted", async () => {
    await open(orderLookup, { ...orderLookup, name: "Second" });
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByText(/^“Order lookup” is deleted/u).waitFor();
    await expect.poll(() => page.locator(".int-row").count()).toBe(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => page.locator(".int-row").count()).toBe(2);
    await expect.poll(() => field("Name").inputValue()).toBe("Order lookup");
  });

  it("stores secrets without ever showing them, and says where they are kept", async () => {
    await open(orderLookup);
    await page.getByText("Not stored yet").waitFor();
    await page.getByRole("button", { name: "Store…" }).click();
    const dialog = page.getByRole("dialog", { name: "Store EXTERNAL_API_KEY" });
    expect(await dialog.getByLabel("Secret", { exact: true }).getAttribute("type")).toBe("password");
    await dialog.getByLabel("Secret", { exact: true }).fill("s3cr3t-value");
    await dialog.getByRole("button", { name: "Store", exact: true }).click();
    await page.getByText("Kept in the key store").waitFor();
    expect(await page.content()).not.toContain("s3cr3t-value");
    played.show([], { keptIn: "memory", why: "The key store is locked.", rows: [{ name: "EXTERNAL_API_KEY", source: "key-store", shadowed: true }, { name: "FROM_ENV", source: "environment", shadowed: false }] });
    await page.getByRole("button", { name: "Secrets", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Secrets" });
    await sheet.getByText("The key store is locked.").waitFor();
    await sheet.getByText("The environment gives one of the same name, which comes first").waitFor();
    expect(await sheet.getByRole("button", { name: /FROM_ENV/u }).count()).toBe(0);
    await sheet.getByRole("button", { name: "Delete EXTERNAL_API_KEY" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => calls("delete secret")).toHaveLength(1);
    await sheet.getByRole("button", { name: "Add a secret" }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    // What the browser says of a name that cannot be is the page's own text.
    const name = page.locator(".store-secret").getByRole("textbox", { name: "Name", exact: true });
    const said = () => name.evaluate((field) => (field instanceof HTMLInputElement ? field.validationMessage : ""));
    await name.fill("9 lives");
    await page.locator(".store-secret input[type=password]").fill("value");
    await page.locator(".store-secret").getByRole("button", { name: "Store", exact: true }).click();
    expect(await said()).toBe("Letters, digits and _, not beginning with a digit.");
    await name.fill("NINE_LIVES");
    expect(await said()).toBe("");
  });

  it("walks by keyboard: list, steps, find", async () => {
    played.show([...otherRows(systemClock.now()), ...Array.from({ length: 6 }, (_, index) => ({ ...otherRows(0)[0], key: `k${index}`, name: `Service ${index}` }))] as ReturnType<typeof otherRows>);
    await open(orderLookup);
    await page.locator(".int-row").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    expect(await page.locator(".int-row").nth(1).evaluate((row) => row === document.activeElement)).toBe(true);
    await page.keyboard.press("/");
    await page.keyboard.type("service 3");
    await expect.poll(() => page.locator(".int-row").count()).toBe(1);
    await page.getByRole("tab", { name: "Define" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tab", { name: "Try" }).getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("End");
    expect(await page.getByRole("tab", { name: "Register" }).evaluate((tab) => tab === document.activeElement)).toBe(true);
  });

  it.each(["light", "dark"] as const)("has nothing for axe to find in the %s theme, in any step", async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    played.show(otherRows(systemClock.now()));
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await open(withField(orderLookup, ["name"], "x"), orderLookup);
    await page.getByRole("heading", { name: "1 problem to mend" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.locator(".int-row").nth(1).click();
    await run();
    await field("Extract").fill("nothing");
    await page.locator(".code-block[data-stale=true]").first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await step("Register");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await page.locator(".history li").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize(docked);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("is usable at 400 px, where the list gives way to one integration and comes back", async () => {
    await page.setViewportSize(docked);
    played.show(otherRows(systemClock.now()));
    await open(orderLookup);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await page.locator(".int-row").first().click();
    await expect.poll(() => field("Name").inputValue()).toBe("Order lookup");
    expect(await page.locator(".int-list").count()).toBe(0);
    expect(await fits()).toBe(true);
    await run();
    expect(await fits()).toBe(true);
    await step("Register");
    expect(await fits()).toBe(true);
    await page.getByRole("button", { name: "All integrations" }).click();
    await page.locator(".int-list").waitFor();
    expect(await fits()).toBe(true);
  });
});
