import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rendererDirectory } from "../../build/build-renderer.ts";
import type { CommandPorts, DispositionEvent } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { ConnectionName } from "../../shared/connection.ts";
import type { BridgedConversation } from "../../shared/bridge-view.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { botTimeout, type PlayedBridge, playBridge } from "../support/bridge-fixture.ts";
import { CHAT, type ChatMomentName, chatMoments, longText, markup, rightToLeft } from "../support/chat-fixture.ts";
import { serveFixture } from "../support/fixture-host.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { fixtureSettings, utterance } from "../support/panel-parts.ts";
import { desktopHost, loopbackHost } from "../support/panel-hosts.ts";
import { type PanelPage, showPanelPage, usePanelStage } from "../support/panel-stage.ts";
import { updatesTo } from "../support/state-updates.ts";

const moments = Object.keys(chatMoments) as readonly ChatMomentName[];

const stage = usePanelStage();

describe.each([loopbackHost, desktopHost])("a bridged chat in the $name host", (host) => {
  let publisher: Publisher;
  let bridge: PlayedBridge;
  let recorded: DispositionEvent[];
  let retried: ConnectionName[];
  let shown: PanelPage;
  let page: Page;

  beforeEach(async () => {
    publisher = createPublisher({ settings: { ...fixtureSettings, role: "agent" }, clock: systemClock });
    bridge = playBridge(publisher, () => systemClock.now());
    recorded = [];
    retried = [];
    const ports: Partial<CommandPorts> = {
      record: (event) => recorded.push(event),
      retryConnection: (name) => retried.push(name),
      bridge: () => bridge.commands,
    };
    shown = await showPanelPage(host, { stage, publisher, ports });
    ({ page } = shown);
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const publish = (state: PanelState): void => {
    for (const update of updatesTo(state)) publisher.publish(update);
  };
  const show = async (name: ChatMomentName): Promise<void> => {
    publish(chatMoments[name](Date.now()));
    await field().waitFor();
  };
  const chat = (): BridgedConversation => {
    const bridged = publisher.state().interactions.find(({ interaction }) => interaction.id === CHAT)?.bridged;
    if (bridged === undefined || bridged === null) throw new Error("the chat is not on the panel");
    return bridged;
  };
  const field = () => page.getByRole("textbox", { name: "Message to the customer" });
  const sendButton = () => page.getByRole("region", { name: "Message to the customer" }).getByRole("button", { name: "Send", exact: true });
  const answerer = () => page.getByRole("region", { name: "Who answers" });
  const attention = () => page.getByRole("region", { name: "Waits for you" });
  const transcript = () => page.getByRole("region", { name: "Transcript" });
  const card = (at: number) => page.locator("article[data-suggestion]").nth(at);
  const named = (name: PlayedBridge["calls"][number][0]) => bridge.calls.filter(([call]) => call === name);
  const suggestion = (at: number) => {
    const one = publisher.state().interactions[0]?.sets[0]?.set.suggestions[at];
    if (one === undefined) throw new Error("there is no such suggestion");
    return one;
  };

  describe("who answers", () => {
    it("is said with since when, and changes hands at a press", async () => {
      await show("botAnswers");
      await expect.poll(() => answerer().innerText()).toMatch(/The bot answers since \d\d:\d\d/);
      await answerer().getByRole("button", { name: "Take over" }).click();
      await answerer().getByText("You answer").waitFor();
      await answerer().getByRole("button", { name: "Hand back" }).click();
      await answerer().getByText("The bot answers").waitFor();
      expect(bridge.calls).toEqual([
        ["answerer", CHAT, "agent"],
        ["answerer", CHAT, "bot"],
      ]);
    });

    it("that could not be changed says why, and stays", async () => {
      await show("botAnswers");
      bridge.refuse("answerer", { kind: "transport", code: "disk", detail: "no space left" });
      await answerer().getByRole("button", { name: "Take over" }).click();
      await page.getByRole("alert").waitFor();
      await answerer().getByText("The bot answers").waitFor();
    });

    it("is told before anything is sent that takes the chat over", async () => {
      await show("botAnswers");
      await page.getByText("Sending takes the chat over from the bot").waitFor();
      expect(await field().getAttribute("aria-describedby")).toBe("composer-hint");
      expect(await card(0).getByRole("button", { name: "Send", exact: true }).getAttribute("title")).toContain("takes the chat over");
      await field().fill("I am here now.");
      await field().press("Enter");
      await answerer().getByText("You answer").waitFor();
      await expect.poll(() => page.getByText("Sending takes the chat over").count()).toBe(0);
    });
  });

  describe("what is written", () => {
    it("goes with Enter, keeps its lines with Shift+Enter, and its place when left with Escape", async () => {
      await show("agentAnswers");
      await page.keyboard.press("r");
      await page.keyboard.type("first line");
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("second line");
      await page.keyboard.press("Escape");
      expect(await field().evaluate((element) => element === document.activeElement)).toBe(false);
      expect(named("send")).toEqual([]);
      await page.keyboard.press("r");
      await page.keyboard.type("!");
      await page.keyboard.press("Enter");
      await expect.poll(() => named("send")).toEqual([["send", CHAT, "first line\nsecond line!"]]);
      await expect.poll(() => field().inputValue()).toBe("");
    });

    it("is nothing while there is only white space", async () => {
      await show("agentAnswers");
      await field().fill("  \n ");
      await field().press("Enter");
      expect(await sendButton().isDisabled()).toBe(true);
      expect(named("send")).toEqual([]);
    });

    it("grows with its lines, up to six", async () => {
      await show("agentAnswers");
      const height = () => field().evaluate((element) => element.getBoundingClientRect().height);
      const one = await height();
      await field().fill("1\n2\n3");
      const three = await height();
      await field().fill("1\n2\n3\n4\n5\n6");
      const six = await height();
      await field().fill(Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n"));
      expect(three).toBeGreaterThan(one + 25);
      expect(six).toBeGreaterThan(three + 40);
      expect(await height()).toBe(six);
    });

    it("leaves the talk at its latest line while it grows", async () => {
      await show("agentAnswers");
      await field().fill("1\n2\n3\n4\n5\n6");
      const last = transcript().getByText("I paid on the second", { exact: false }).first();
      await expect.poll(async () => {
        const [line, region] = [await last.boundingBox(), await transcript().boundingBox()];
        return line !== null && region !== null && line.y + line.height <= region.y + region.height + 1;
      }).toBe(true);
    });

    it("stays with its interaction when the agent goes to another and comes back", async () => {
      await show("agentAnswers");
      await field().fill("half a sent");
      await page.getByRole("tab", { name: /Okafor/ }).click();
      await expect.poll(() => field().inputValue()).toBe("");
      await field().fill("for Chidi");
      await page.getByRole("tab", { name: /Rivera/ }).click();
      await expect.poll(() => field().inputValue()).toBe("half a sent");
      await page.getByRole("tab", { name: /Okafor/ }).click();
      await expect.poll(() => field().inputValue()).toBe("for Chidi");
    });

    it("stays when main refuses it, with the reason beside it", async () => {
      await show("agentAnswers");
      bridge.refuse("send", { kind: "transport", code: "disk", detail: "no space left" });
      await field().fill("Hello?");
      await field().press("Enter");
      await expect.poll(() => page.locator("#composer-hint").innerText()).toMatch(/^Not sent\./);
      expect(await field().inputValue()).toBe("Hello?");
      await field().press("Enter");
      await expect.poll(() => named("send").length).toBe(2);
      await expect.poll(() => field().inputValue()).toBe("");
    });

    it("of 10,000 characters goes whole, and one more does not", async () => {
      await show("agentAnswers");
      await field().fill(`${longText}!`);
      await page.getByText("10,001 of 10,000 characters", { exact: false }).waitFor();
      await field().press("Enter");
      expect(named("send")).toEqual([]);
      await field().fill(longText);
      await field().press("Enter");
      await expect.poll(() => named("send")).toEqual([["send", CHAT, longText.trim()]]);
    });

    it("is text whatever it holds, and runs from the right where its script does", async () => {
      await show("agentAnswers");
      for (const text of [markup, rightToLeft]) {
        await field().fill(text);
        await field().press("Enter");
        await transcript().getByText(text.slice(0, 30), { exact: false }).waitFor();
      }
      expect(await page.evaluate(() => Reflect.get(globalThis, "hacked"))).toBeUndefined();
      expect(await page.locator("img[src=x]").count()).toBe(0);
      expect(await transcript().getByText(rightToLeft).evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    });
  });

  describe("what is held", () => {
    it("counts down in the transcript, and comes back into the field when it is taken back", async () => {
      await show("agentAnswers");
      await field().fill("One moment please.");
      await field().press("Enter");
      await transcript().getByText("Sending in 3 s").waitFor();
      await transcript().getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => field().inputValue()).toBe("One moment please.");
      expect(named("undo")).toEqual([["undo", "sent-1"]]);
      await expect.poll(() => transcript().getByText("One moment please.").count()).toBe(0);
      expect(await field().evaluate((element) => element === document.activeElement)).toBe(true);
    });

    it("is taken back with Ctrl+Z from the empty field and with z from anywhere, before a dismissal is", async () => {
      await show("agentAnswers");
      await card(0).getByRole("button", { name: "Dismiss" }).click();
      await field().fill("first");
      await field().press("Enter");
      await transcript().getByText("Sending in").waitFor();
      await field().press("Control+z");
      await expect.poll(() => field().inputValue()).toBe("first");
      await field().press("Enter");
      await transcript().getByText("Sending in").waitFor();
      await field().press("Escape");
      await page.keyboard.press("z");
      await expect.poll(() => named("undo").length).toBe(2);
      await expect.poll(() => field().inputValue()).toBe("first");
      expect(recorded.filter(({ undone }) => undone)).toEqual([]);
    });

    it("stays on its way while Ctrl+Z takes back what is being typed", async () => {
      await show("agentAnswers");
      await field().fill("first");
      await field().press("Enter");
      await transcript().getByText("Sending in").waitFor();
      await field().pressSequentially("second");
      await field().press("Control+z");
      expect(named("undo")).toEqual([]);
      await transcript().getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => field().inputValue()).toMatch(/^first/);
    });

    it("comes back in front of what was written since", async () => {
      await show("agentAnswers");
      await field().fill("first");
      await field().press("Enter");
      await transcript().getByText("Sending in").waitFor();
      await field().fill("second");
      await transcript().getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => field().inputValue()).toBe("first\n\nsecond");
    });

    it("that was too late to take back says so, and the field stays as it is", async () => {
      await show("agentAnswers");
      await field().fill("first");
      await field().press("Enter");
      await transcript().getByText("Sending in").waitFor();
      bridge.refuse("undo", { kind: "policy", code: "not-found-here", detail: "not held any more" });
      await transcript().getByRole("button", { name: "Undo" }).click();
      await page.getByText("Too late to take it back", { exact: false }).waitFor();
      expect(await field().inputValue()).toBe("");
    });
  });

  describe("what became of a message", () => {
    it("stands with it from held to delivered, in one place", async () => {
      await show("agentAnswers");
      await field().fill("Both fees are off.");
      await field().press("Enter");
      const line = () => transcript().locator(".line", { hasText: "Both fees are off." });
      await line().getByText("Sending in").waitFor();
      bridge.moveOn("sent-1", { kind: "queued" });
      await line().getByText("Waits to be sent").waitFor();
      bridge.moveOn("sent-1", { kind: "sending", since: Date.now() });
      await line().getByText("Sending", { exact: true }).waitFor();
      bridge.moveOn("sent-1", { kind: "delivered", at: Date.now() });
      await line().getByText("Delivered").waitFor({ state: "attached" });
      expect(await line().locator(".sent-mark").getAttribute("title")).toMatch(/^Delivered at \d\d:\d\d$/);
      expect(await line().count()).toBe(1);
    });

    it("is said where it failed, with the reason, and it can be sent again", async () => {
      await show("failed");
      await transcript().getByText("Not sent.").waitFor();
      await transcript().getByRole("button", { name: "Send again" }).click();
      await expect.poll(() => named("sendAgain")).toEqual([["sendAgain", "f1"]]);
      await transcript().getByText("Sending", { exact: true }).waitFor();
    });

    it("is for the agent to say where nobody knows", async () => {
      await show("uncertain");
      await transcript().getByText("could not be read back", { exact: false }).waitFor();
      await transcript().getByRole("button", { name: "It arrived" }).click();
      await expect.poll(() => named("settle")).toEqual([["settle", "q1", true]]);
      await transcript().getByText("Delivered").last().waitFor({ state: "attached" });
      expect(await transcript().getByRole("button", { name: "It arrived" }).count()).toBe(0);
    });

    it("can be sent again where it did not arrive, and a refusal is said", async () => {
      await show("uncertain");
      bridge.refuse("settle", botTimeout);
      await transcript().getByRole("button", { name: "Send again" }).click();
      await page.getByRole("alert").waitFor();
      await transcript().getByRole("button", { name: "Send again" }).click();
      await expect.poll(() => named("settle").at(-1)).toEqual(["settle", "q1", false]);
    });
  });

  describe("a suggestion", () => {
    it("goes at once into the held state, and its id with it", async () => {
      await show("agentAnswers");
      await card(0).getByRole("button", { name: "Send", exact: true }).click();
      await transcript().getByText("Sending in").waitFor();
      expect(named("send")).toEqual([["send", CHAT, suggestion(0).text]]);
      await expect.poll(() => recorded.filter(({ disposition }) => disposition === "sent").map(({ suggestionId }) => suggestionId)).toEqual([suggestion(0).id]);
      await card(0).getByRole("button", { name: "Sent" }).waitFor();
    });

    it("is not sent twice by a double click", async () => {
      await show("agentAnswers");
      await card(0).getByRole("button", { name: "Send", exact: true }).dblclick();
      await transcript().getByText("Sending in").waitFor();
      expect(named("send")).toHaveLength(1);
    });

    it("is edited in the field, behind what is there, and keeps its id when it is sent changed", async () => {
      await show("agentAnswers");
      await field().fill("Good morning,");
      await card(1).getByRole("button", { name: "Edit before sending" }).click();
      await expect.poll(() => field().inputValue()).toBe(`Good morning,\n\n${suggestion(1).text}`);
      await page.keyboard.type(" Yes?");
      await page.keyboard.press("Enter");
      await expect.poll(() => named("send")).toEqual([["send", CHAT, `Good morning,\n\n${suggestion(1).text} Yes?`]]);
      await expect.poll(() => recorded.filter(({ disposition }) => disposition === "sent").map(({ suggestionId }) => suggestionId)).toEqual([suggestion(1).id]);
    });

    it("keeps its id when it was taken back and is sent after all", async () => {
      await show("agentAnswers");
      await card(0).getByRole("button", { name: "Send", exact: true }).click();
      await transcript().getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => field().inputValue()).toBe(suggestion(0).text);
      await field().press("Enter");
      await expect.poll(() => recorded.filter(({ disposition }) => disposition === "sent")).toHaveLength(2);
    });

    it("can be copied as before, and has nothing to send it with where there is no chat", async () => {
      await show("agentAnswers");
      await card(0).getByRole("button", { name: "Copy" }).click();
      await expect.poll(() => recorded.map(({ disposition }) => disposition)).toContain("copied");
      for (const view of publisher.state().interactions) {
        const ended = { ...view.interaction, status: "ended" as const, endedAt: Date.now() };
        publisher.publish({ kind: "interaction", interaction: ended });
        publisher.publish({ kind: "interaction-closed", interactionId: ended.id });
      }
      publish({ ...panelFixtures.live(Date.now()), settings: publisher.state().settings });
      await card(0).getByRole("button", { name: "Copy" }).waitFor();
      expect(await page.getByRole("button", { name: "Edit before sending" }).count()).toBe(0);
      expect(await page.getByRole("button", { name: "Send", exact: true }).count()).toBe(0);
      expect(await field().count()).toBe(0);
      expect(await answerer().count()).toBe(0);
    });
  });

  it("is answered by keyboard alone", async () => {
    await show("botAnswers");
    await page.keyboard.press("t");
    await answerer().getByText("You answer").waitFor();
    await page.keyboard.press("s");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("e");
    await expect.poll(() => field().inputValue()).toBe(suggestion(1).text);
    await page.keyboard.press("Enter");
    await transcript().getByText("Sending in").waitFor();
    bridge.moveOn("sent-1", { kind: "sending", since: Date.now() });
    await page.keyboard.press("Escape");
    await page.keyboard.press("s");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => named("send").length).toBe(2);
    await transcript().getByText("Sending in").waitFor();
    await page.keyboard.press("z");
    await expect.poll(() => named("undo")).toEqual([["undo", "sent-2"]]);
    // The words come back into the field, and the focus with them.
    await expect.poll(() => field().evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Take over, or hand back to the bot").waitFor();
    await page.keyboard.press("t");
    expect(named("answerer")).toHaveLength(1);
  });

  describe("where the customer waits for the agent", () => {
    it("says that policy stopped the bot, by which phrase, what was asked and what to do", async () => {
      await show("withheld");
      await expect.poll(() => attention().innerText()).toContain("guarantee full refund");
      const words = await attention().innerText();
      for (const part of ["Policy stopped the bot's answer", "I want a refund for both", "write it below"]) expect(words).toContain(part);
      await attention().getByRole("button", { name: "Write answer" }).click();
      await expect.poll(() => field().evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.type("Let me see to that.");
      await page.keyboard.press("Enter");
      await expect.poll(() => attention().count()).toBe(0);
    });

    it("says what the bot could not answer, and asks it again at a press", async () => {
      await show("deadLetter");
      await expect.poll(() => attention().innerText()).toContain("The bot's answer holds no text");
      await attention().getByRole("button", { name: "Ask the bot again" }).click();
      await expect.poll(() => named("replay")).toEqual([["replay", ["m3"]]]);
    });

    it("shows it at the tab, also of a chat that is not in front, and says it politely", async () => {
      await show("botAnswers");
      const other = publisher.state().interactions[1];
      if (other === undefined || other.bridged === null) throw new Error("there is no second chat");
      const { id } = other.interaction;
      expect(await page.getByRole("tab", { name: /Waits for you/ }).count()).toBe(0);
      publisher.publish({ kind: "bridged", interactionId: id, conversation: { ...other.bridged, answerer: "agent", attention: { kind: "withheld", phrase: "legal action", at: Date.now() } } });
      await page.getByRole("tab", { name: /Okafor.*Waits for you/s }).waitFor();
      await page.locator("output[aria-live=polite]", { hasText: "Chidi Okafor waits for you" }).waitFor({ state: "attached" });
    });

    it("shows the bot being asked, until it has answered", async () => {
      await show("asking");
      await transcript().getByText("is being asked", { exact: false }).waitFor();
      publisher.publish({ kind: "bridged", interactionId: CHAT, conversation: { ...chat(), askingSince: null } });
      await expect.poll(() => transcript().getByText("is being asked", { exact: false }).count()).toBe(0);
    });
  });

  describe("the bridge's connection", () => {
    it("stands in the strip where it is on, and first where it is down", async () => {
      await show("botAnswers");
      const strip = page.getByRole("contentinfo", { name: "Connection" });
      const inSight = () => strip.locator(".strip-bridge").evaluate((part) => part.getBoundingClientRect().bottom <= (part.closest("button")?.getBoundingClientRect().bottom ?? 0));
      await strip.getByText("Bridge connected").waitFor();
      expect(await inSight()).toBe(true);
      publish(chatMoments.bridgeDown(Date.now()));
      await strip.getByText("Bridge reconnecting").waitFor();
      expect(await inSight()).toBe(true);
    });

    it("is told in the details, with what to press", async () => {
      await show("bridgeDown");
      await page.keyboard.press("c");
      const part = page.getByRole("dialog", { name: "Connections" }).getByRole("region", { name: "Genesys bridge" });
      await expect.poll(() => part.innerText()).toMatch(/Reconnecting, attempt 2/);
      await part.getByRole("button", { name: "Reconnect now" }).click();
      await expect.poll(() => retried).toEqual(["bridge"]);
    });
  });

  it.each(moments)("has nothing that axe objects to, in either theme: %s", async (name) => {
    await show(name);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page)).toEqual([]);
    }
  });

  it.each([
    ["docked", 400, 900],
    ["phone", 360, 640],
    ["twice as large", 200, 450],
    ["wide", 1_280, 800],
  ] as const)("holds strange texts without a sideways scroll, and its field within reach: %s", async (_, width, height) => {
    await page.setViewportSize({ width, height });
    await show("strangeTexts");
    const wider = await page.evaluate(() => {
      const isReadable = (element: Element): boolean => !element.closest(".visually-hidden, .tabs, .ellipsis, .strip, .bar, .who, .cards-head, .foot, .why");
      return [...document.querySelectorAll(".panel, .panel *")].filter((element) => isReadable(element) && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((element) => element.className);
    });
    expect(wider).toEqual([]);
    await field().scrollIntoViewIfNeeded();
    await field().fill("still here");
    await sendButton().click();
    await expect.poll(() => named("send").length).toBe(1);
    expect(await page.evaluate(() => Reflect.get(globalThis, "hacked"))).toBeUndefined();
  });

  it("takes what the customer writes without moving what is being written", async () => {
    await show("agentAnswers");
    await field().fill("I am typ");
    const before = await field().boundingBox();
    publisher.publish({ kind: "utterance", interactionId: CHAT, utterance: utterance(Date.now(), 0, "customer", "hello?? anybody?") });
    await transcript().getByText("hello?? anybody?").waitFor();
    expect(await field().boundingBox()).toEqual(before);
    expect(await field().inputValue()).toBe("I am typ");
  });
});

describe("a draft", () => {
  it("outlives the program behind the panel, and cannot be sent into nothing", async () => {
    await using main = await serveFixture(chatMoments.agentAnswers(Date.now()), rendererDirectory);
    const context = await stage.browser.newContext({ viewport: { width: 400, height: 900 } });
    try {
      const page = await context.newPage();
      await page.goto(main.url);
      const field = page.getByRole("textbox", { name: "Message to the customer" });
      await field.fill("half a sent");
      await main.goAway();
      await page.getByText("Your text stays here", { exact: false }).waitFor();
      await field.press("End");
      await field.pressSequentially("ence");
      await field.press("Enter");
      expect(await page.getByRole("region", { name: "Message to the customer" }).getByRole("button").isDisabled()).toBe(true);
      await main.comeBack();
      await expect.poll(() => page.getByText("Your text stays here", { exact: false }).count(), { timeout: 15_000 }).toBe(0);
      expect(await field.inputValue()).toBe("half a sentence");
      main.push({ kind: "interaction-closed", interactionId: CHAT });
      await expect.poll(() => field.inputValue()).toBe("");
      for (const update of updatesTo(chatMoments.agentAnswers(Date.now()))) main.push(update);
      await page.getByRole("tab", { name: /Rivera/ }).click();
      await expect.poll(() => field.inputValue()).toBe("half a sentence");
      expect(main.calls.filter(({ name }) => name === "bridge.send")).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
