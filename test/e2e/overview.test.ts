import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OverviewQuery } from "../../shared/overview.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { billingCall, sampleOverview } from "../support/history-fixture.ts";
import { desktopHost, loopbackHost } from "../support/panel-hosts.ts";
import { docked, usePanelStage, wide } from "../support/panel-stage.ts";
import { type PastPanel, showPast } from "../support/past-panel.ts";

const stage = usePanelStage();

const go = async (page: Page): Promise<void> => {
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.locator(".over h1").waitFor();
};

describe.each([loopbackHost, desktopHost])("the overview in the $name host", (host) => {
  let shown: PastPanel;
  let page: Page;

  beforeEach(async () => {
    shown = await showPast(host, { stage, viewport: wide });
    ({ page } = shown);
    shown.played.keep(billingCall(Date.now() - 3_600_000), { ...billingCall(Date.now() - 7_200_000), interaction: { ...billingCall(Date.now()).interaction, id: "other", channel: "chat", queue: "Orders", agentId: "agent-8" } });
  });
  afterEach(async () => {
    await shown[Symbol.asyncDispose]();
    expect(shown.pageErrors).toEqual([]);
  });

  const asked = (): OverviewQuery => {
    const query = shown.played.calls.findLast(([name]) => name === "overview")?.[1];
    if (query === undefined) throw new Error("nothing was asked");
    return query as OverviewQuery;
  };
  const figure = (name: string) => page.locator(".over-kpi > div").filter({ has: page.getByText(name, { exact: true }) }).locator("strong");

  it("tells the live state of all systems, and leads to what more is known of each", async () => {
    await go(page);
    const systems = page.getByRole("list", { name: "Systems" });
    await systems.getByRole("button", { name: /Live stream Connected/u }).click();
    await page.getByRole("dialog", { name: "Connections" }).waitFor();
    await page.keyboard.press("Escape");
    await systems.getByRole("button", { name: /^Simulations/u }).click();
    await page.locator(".sim").waitFor();
  });

  it("counts thirty days at first, in the zone of this machine, and each day is read out", async () => {
    await go(page);
    const overview = sampleOverview(asked());
    await expect.poll(() => figure("Displayed").innerText()).toBe(overview.total.displayed.toLocaleString("en"));
    expect(asked().zone).toBe(await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone));
    const { from, to } = asked().filter;
    expect(Math.round(((to ?? 0) - (from ?? 0)) / 86_400_000)).toBe(30);
    expect(await page.getByRole("table", { name: "Figures per day" }).getByRole("row").count()).toBe(31);
    expect(await page.locator(".day-bar").count()).toBe(30);
  });

  it("asks anew for another period, channel, queue and agent, and not for one that is none", async () => {
    await go(page);
    await page.getByRole("button", { name: "Today" }).click();
    await expect.poll(() => Math.round(((asked().filter.to ?? 0) - (asked().filter.from ?? 0)) / 3_600_000)).toBeLessThan(26);
    await page.getByLabel("Channel").selectOption({ label: "Chat" });
    await page.getByLabel("Queue").selectOption({ label: "Orders" });
    await page.getByLabel("Agent").selectOption({ label: "agent-8" });
    await expect.poll(() => asked().filter).toMatchObject({ channel: "chat", queue: "Orders", agentId: "agent-8" });
    const count = shown.played.calls.length;
    await page.getByRole("button", { name: "From–to" }).click();
    await expect.poll(() => shown.played.calls.length).toBe(count + 1);
    await page.getByLabel("From", { exact: true }).fill("2001-01-05");
    await page.getByText("That is longer than 366 days.").waitFor();
    await page.getByLabel("To", { exact: true }).fill("2001-01-07");
    await expect.poll(() => shown.played.calls.length).toBe(count + 2);
    expect(await page.getByText("That is longer").count()).toBe(0);
  });

  it("shows the newest answer, and keeps the figures while it waits", async () => {
    await go(page);
    await figure("Displayed").waitFor();
    const release = shown.played.hold("overview");
    shown.played.count((query) => sampleOverview(query, { interactions: 1 }));
    await page.keyboard.press("r");
    await page.getByText("Reading…").waitFor();
    expect(await figure("Displayed").count()).toBe(1);
    shown.played.count((query) => sampleOverview(query, { interactions: 2 }));
    await page.keyboard.press("r");
    await expect.poll(() => shown.played.calls.filter(([name]) => name === "overview").length).toBe(3);
    release();
    await page.getByText("2 interactions,").waitFor();
  });

  it("sorts the triggers, tells what is noise, and leads to trying without one", async () => {
    await go(page);
    const table = page.getByRole("table", { name: "Triggers" });
    await table.getByRole("row", { name: /refund.*Useful/u }).waitFor();
    await table.getByRole("row", { name: /actually.*Noise/u }).waitFor();
    await table.getByRole("button", { name: "Dismissed" }).click();
    expect(await table.getByRole("row").nth(1).innerText()).toContain("actually");
    expect(await table.getByRole("columnheader", { name: "Dismissed" }).getAttribute("aria-sort")).toBe("descending");
    await table.getByRole("button", { name: "Try without it: “actually”" }).click();
    await expect.poll(() => page.getByRole("navigation", { name: "Views" }).locator('[aria-current="page"]').innerText()).toBe("Workshop");
  });

  it("exports what is shown, says where, and copies the path", async () => {
    await go(page);
    await page.getByRole("button", { name: "Export CSV" }).click();
    await page.getByText("/home/sam/Reports/2026-03-04-093000-overview-desk.csv").waitFor();
    expect(shown.played.calls.findLast(([name]) => name === "export")?.[1]).toEqual(asked());
    await page.getByRole("button", { name: "Copy path" }).click();
    await page.locator(".over-written").getByText("Copied", { exact: true }).waitFor();
    shown.played.refuse("export", { kind: "transport", code: "disk", detail: "no space left" });
    await page.getByRole("button", { name: "Export CSV" }).click();
    await page.getByText("The figures were not exported.").waitFor();
  });

  it("shows the team's figures with what is still its agents' alone, files that were not read, and a filter of what the team has", async () => {
    shown.played.count((query) => {
      const overview = sampleOverview(query);
      if (query.source === "desk") return overview;
      const facets = { ...overview.facets, queues: ["Claims", "Travel"], agents: ["agent-3", "agent-7"] };
      return { ...overview, facets, leftOut: { agents: 1, interactions: 1_012 }, agents: [{ kind: "shown", agentId: "agent-7", figures: overview.total, until: Date.UTC(2026, 2, 10, 12) }, { kind: "hidden", agentId: "agent-8", until: Date.UTC(2026, 2, 11, 12) }], unread: [{ file: "callside-ab-2026-03-01.jsonl", why: "line 3 is cut off" }] };
    });
    await go(page);
    await page.getByRole("button", { name: "Team" }).click();
    const agents = page.getByRole("table", { name: "Agents" });
    await page.getByText("Not in any figure here: 1,012 interactions of 1 agent.").waitFor();
    await agents.getByRole("row", { name: /agent-7.*Newer ones from .*10/u }).waitFor();
    expect(await page.getByLabel("Queue").getByRole("option").allInnerTexts()).toEqual(["All queues", "Claims", "Travel"]);
    expect(await page.getByLabel("Agent", { exact: true }).getByRole("option").allInnerTexts()).toEqual(["All agents", "agent-3", "agent-7"]);
    await agents.getByRole("row", { name: /agent-8.*Not shown until the agent has looked at them, or until .*11/u }).waitFor();
    await page.getByText("callside-ab-2026-03-01.jsonl: line 3 is cut off").waitFor();
    shown.played.refuse("overview", { kind: "policy", code: "not-found-here", detail: "no folder" });
    await page.keyboard.press("r");
    await page.getByRole("heading", { name: "No team folder is set up" }).waitFor();
    shown.played.refuse("overview", null);
    await page.getByRole("button", { name: "Show this desk" }).click();
    await figure("Displayed").waitFor();
    expect(asked().source).toBe("desk");
  });

  it("says why there are no figures: off, failed, none yet, none in the period", async () => {
    shown.played.refuse("overview", { kind: "transport", code: "disk", detail: "the file is locked" });
    await go(page);
    await page.getByText("The figures could not be read.").waitFor();
    await page.getByText("the file is locked").waitFor();
    shown.played.refuse("overview", { kind: "policy", code: "not-found-here", detail: "the history is off" });
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "No history is kept" }).waitFor();
    shown.played.refuse("overview", null);
    shown.played.count((query) => nothingIn(sampleOverview(query)));
    await page.keyboard.press("r");
    await page.getByRole("heading", { name: "Nothing in this period" }).waitFor();
    shown.played.count((query) => ({ ...nothingIn(sampleOverview(query)), leftOut: { agents: 2, interactions: 3 } }));
    await page.keyboard.press("r");
    await page.getByText("Not in any figure here: 3 interactions of 2 agents.").waitFor();
    expect(await page.getByRole("list", { name: "Systems" }).count()).toBe(1);
  });

  it("stays inside the page with very large numbers and long words", async () => {
    const large = 9_007_199_254_740;
    shown.played.count((query) => {
      const overview = sampleOverview(query);
      return {
        ...overview,
        interactions: large,
        utterances: large,
        total: { ...overview.total, sets: large, displayed: large, used: large - 1, copied: large, dismissed: large, withheld: large, fallbacks: large, latencyP95: 86_400_000, latencyP50: 3_600_000 },
        days: overview.days.map((day) => ({ ...day, displayed: large, used: 1 })),
        triggers: Array.from({ length: 200 }, (_, index) => ({ kind: "keyword", words: `${"Rindfleischetikettierung".repeat(4)} ${index}`, sets: large, displayed: large, used: large, dismissed: large, notHelpful: large, withheld: large, empty: large })),
        withheldBy: [{ rule: "phrase", words: "x".repeat(400), count: large }],
      };
    });
    for (const viewport of [docked, { width: 900, height: 700 }, wide]) {
      await page.setViewportSize(viewport);
      await go(page);
      await page.getByRole("button", { name: "Show all 200" }).waitFor();
      expect(await page.locator(".over-body").evaluate((element) => element.scrollWidth <= element.clientWidth), `${viewport.width}`).toBe(true);
      expect(await page.locator(".over-kpi strong").evaluateAll((figures) => figures.filter((one) => one.scrollWidth > one.clientWidth).length), `${viewport.width}`).toBe(0);
    }
  });

  it.each(["light", "dark"] as const)("has nothing that hinders, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    shown.played.count((query) => sampleOverview(query, { leftOut: { agents: 3, interactions: 41 } }));
    await go(page);
    await page.locator(".trigger-table").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize(docked);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe("an agent's figures", () => {
  it("are called so, are of the own desk, and have nothing that is the supervisor's", async () => {
    await using shown = await showPast(loopbackHost, { stage, viewport: docked, role: "agent" });
    const { page } = shown;
    await go(page);
    await page.getByRole("heading", { name: "My figures" }).waitFor();
    await page.locator(".trigger-table").waitFor();
    expect(await page.getByRole("button", { name: "Team" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: /Try without/u }).count()).toBe(0);
    expect(await page.getByRole("list", { name: "Systems" }).getByText("Simulations").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(shown.pageErrors).toEqual([]);
  });
});

function nothingIn(overview: ReturnType<typeof sampleOverview>): ReturnType<typeof sampleOverview> {
  return { ...overview, interactions: 0, utterances: 0, total: { ...overview.total, sets: 0, displayed: 0 } };
}
