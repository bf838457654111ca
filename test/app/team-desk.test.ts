import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { assert, array, integer, property } from "fast-check";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Disposition } from "../../shared/suggestion.ts";
import type { OverviewQuery } from "../../shared/overview.ts";
import { createNotices, type Notices } from "../../electron/app/notices.ts";
import { tellCollector } from "../../electron/app/team-collector.ts";
import { createTeamDesk, type TeamDesk } from "../../electron/app/team-desk.ts";
import { daysToExport, teamDay, teamFileName } from "../../electron/app/team-export.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openHistory, type History } from "../../electron/history/history.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { everything } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";
import { serveHttp } from "../support/loopback-http.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const DAY = 86_400_000;
const query: OverviewQuery = { source: "team", filter: everything, zone: "Europe/Berlin" };

interface OtlpLogs {
  readonly resourceLogs: readonly { readonly scopeLogs: readonly { readonly logRecords: readonly { readonly body: { readonly stringValue: string }; readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[] }[] }[] }[];
}

interface DeskHere extends AsyncDisposable {
  readonly history: History;
  readonly team: TeamDesk;
  readonly notices: Notices;
  /** Lets the next export fall due and waits until it has been tried. */
  export(): Promise<void>;
}

let root: string;
let folder: string;
let clock: FakeClock;
/** Nothing can be written into this folder. */
let refused: string | null;
let otlpUrl: string | undefined;
const network = { caFile: undefined, proxy: undefined, noProxy: undefined };

beforeEach(async () => {
  refused = null;
  otlpUrl = undefined;
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  root = directory.path;
  folder = join(root, "shared");
  clock = createFakeClock(Date.UTC(2026, 2, 4, 12));
});

async function openDesk(name: string, { readsOnly = false } = {}): Promise<DeskHere> {
  const dataFolder = join(root, name);
  const opened = await openHistory({ file: join(dataFolder, "history.sqlite"), mask: true, retentionDays: 30, clock, onTrouble: () => {} });
  if (!opened.ok) throw new Error(opened.error.detail);
  const history = opened.value;
  const notices = createNotices(clock);
  const team = createTeamDesk({
    past: () => history,
    clock,
    files: {
      ...nodeFiles,
      async replace(path, text, readers) {
        if (refused !== null && path.startsWith(refused)) throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
        await nodeFiles.replace(path, text, readers);
      },
    },
    dataFolder,
    notices,
    newId: () => `0000-${Buffer.from(name).toString("hex")}`.padEnd(12, "0"),
    tell: (telling) => tellCollector(telling, { clock: systemClock, random: Math.random, env: {}, readFile: (path) => readFile(path, "utf8") }),
    onBug: (bug) => {
      throw bug;
    },
  });
  const close = async (): Promise<void> => {
    await team[Symbol.asyncDispose]();
    await history[Symbol.asyncDispose]();
  };
  onTestFinished(close);
  team.apply({ network, history: { retentionDays: 30, mask: true, teamFolder: folder, export: readsOnly ? undefined : { folder, ...(otlpUrl === undefined ? {} : { otlpUrl }), everyMinutes: 15 } } });
  return {
    history,
    team,
    notices,
    async export() {
      await clock.advance(15 * 60_000);
      await team.idle();
    },
    [Symbol.asyncDispose]: close,
  };
}

function live(desk: DeskHere, id: string, agentId: string, at: number, did: readonly Disposition[] = []): void {
  desk.history.take(interactionEvent(id, { startedAt: at, agentId, channel: "voice", queue: "billing", customerName: "Jane Unmistakable", status: "ended" }));
  desk.history.take(utteranceEvent(id, "u1", "something unmistakable was said", { at, score: -0.5 }));
  desk.history.take(utteranceEvent(id, "u2", "and then something kinder", { at: at + 1_000, score: 0.5 }));
  desk.history.take({ kind: "suggestions", set: sampleSet(id, `${id}-s`, { at: at + 500 }) });
  for (const disposition of did) desk.history.record({ interactionId: id, suggestionId: `${id}-s-a`, disposition, undone: false, at: at + 2_000 });
}

describe("a team of desks", () => {
  test("of one has exactly that desk's overview", async () => {
    const desk = await openDesk("one");
    live(desk, "i1", "ann", clock.now() - DAY, ["displayed", "copied"]);
    live(desk, "i2", "ann", clock.now() - 1_000, ["displayed", "dismissed"]);
    desk.history.take({ kind: "suggestions", set: sampleSet("i2", "i2-s", { at: clock.now(), origin: "fallback" }) });
    await desk.team.agentLooked("ann");
    await desk.export();
    const own = await desk.history.overview(everything, query.zone, null);
    const team = await desk.team.overview(query);
    if (!own.ok || !team.ok) throw new Error("no overview");
    const { query: asked, agents: _agents, unread, tookMs: _tookMs, ...figures } = team.value;
    expect(figures).toEqual(own.value);
    expect([asked, unread]).toEqual([query, []]);
    for (const name of await readdir(folder)) expect(await readFile(join(folder, name), "utf8")).not.toMatch(/unmistakable|kinder|Jane|refund form|"i1"/iu);
  });

  test("adds up, follows what changes, and forgets what is gone", async () => {
    const [one, two] = [await openDesk("one"), await openDesk("two")];
    live(one, "same id", "ann", clock.now() - 1_000, ["displayed"]);
    live(two, "same id", "bob", clock.now() - 1_000, ["displayed", "sent"]);
    await one.team.agentLooked("ann");
    await two.team.agentLooked("bob");
    await one.export();
    await two.export();
    expect(await one.team.overview(query)).toMatchObject({ ok: true, value: { interactions: 2, total: { sets: 2, displayed: 2, sent: 1 } } });
    live(two, "another", "bob", clock.now() - 500, ["displayed"]);
    await two.team.agentLooked("bob");
    await two.export();
    expect(await one.team.overview(query)).toMatchObject({ ok: true, value: { interactions: 3, total: { displayed: 3 } } });
    for (const name of await readdir(folder)) if (name.includes(Buffer.from("two").toString("hex"))) await rm(join(folder, name));
    expect(await one.team.overview(query)).toMatchObject({ ok: true, value: { interactions: 1, total: { displayed: 1, sent: 0 }, agents: [{ agentId: "ann" }] } });
  });

  test("does not tell of what was forgotten, however long ago it was exported", async () => {
    const desk = await openDesk("one");
    live(desk, "old", "ann", clock.now() - 5 * DAY, ["displayed"]);
    live(desk, "new", "ann", clock.now() - 1_000, ["displayed"]);
    await desk.team.agentLooked("ann");
    await desk.export();
    expect(await desk.team.overview(query)).toMatchObject({ ok: true, value: { interactions: 2 } });
    await desk.history.forget({ by: "id", id: "old" }, false);
    await desk.export();
    expect(await desk.team.overview(query)).toMatchObject({ ok: true, value: { interactions: 1, total: { displayed: 1 } } });
  });

  test("does not tell of what was forgotten before the program ended, nor where the disk refused in between", async () => {
    const days = [5, 4, 3];
    const fileOf = (day: number): string => join(folder, teamFileName(`0000-${Buffer.from("one").toString("hex")}`.padEnd(12, "0"), teamDay(clock.now() - day * DAY)));
    const told = async (): Promise<number> => {
      const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
      return texts.join("").split('"kind":"interaction"').length - 1;
    };
    {
      await using before = await openDesk("one");
      for (const day of days) for (const id of ["a", "b", "c", "d"]) live(before, `${day}${id}`, "ann", clock.now() - day * DAY, ["displayed"]);
      await before.export();
      expect(await told()).toBe(12);
      expect(await before.history.forget({ by: "customer", name: "jane unmistakable" }, false)).toEqual({ ok: true, value: { interactions: 12, live: [] } });
    }
    {
      await using between = await openDesk("one");
      refused = fileOf(4);
      await between.export();
      expect([await told(), between.notices.all().map(({ id }) => id)]).toEqual([8, ["team-export"]]);
    }
    refused = null;
    await using after = await openDesk("one");
    await after.export();
    expect(await told()).toBe(0);
    // Once all are written anew, what is old is left alone.
    await writeFile(fileOf(5), "as it is");
    await after.export();
    expect(await readFile(fileOf(5), "utf8")).toBe("as it is");
  });

  test("clears a folder that was left before something was forgotten when it is used again", async () => {
    const desk = await openDesk("one");
    live(desk, "old", "ann", clock.now() - 5 * DAY, ["displayed"]);
    await desk.export();
    const [name = ""] = await readdir(folder);
    const exportTo = async (other: string): Promise<void> => {
      desk.team.apply({ network, history: { retentionDays: 30, mask: true, teamFolder: folder, export: { folder: other, everyMinutes: 15 } } });
      await desk.export();
    };
    await desk.history.forget({ by: "id", id: "old" }, false);
    await exportTo(join(root, "elsewhere"));
    expect(await readFile(join(folder, name), "utf8")).toContain('"interaction"');
    await exportTo(folder);
    expect(await readFile(join(folder, name), "utf8")).not.toContain('"interaction"');
  });

  test("shows an agent's figures to that agent first, also in what is summed: once looked at, or after seven days", async () => {
    const desk = await openDesk("one");
    live(desk, "i1", "ann", clock.now() - 1_000, ["displayed"]);
    await desk.export();
    const ofAnn = { ...query, filter: { ...everything, agentId: "ann" } };
    const nothing = { interactions: 0, utterances: 0, total: { sets: 0, displayed: 0, latencyP50: null }, triggers: [], withheldBy: [], sentiment: { interactions: 0 }, leftOut: { agents: 1, interactions: 1 } };
    expect(await desk.team.overview(query)).toMatchObject({ ok: true, value: { ...nothing, agents: [{ kind: "hidden", agentId: "ann", until: Date.UTC(2026, 2, 11, 11, 59, 59, 500) }], facets: { channels: ["voice"], queues: ["billing"], agents: [] } } });
    expect(await desk.team.overview(ofAnn)).toMatchObject({ ok: true, value: nothing });
    await desk.team.agentLooked("ann");
    await desk.export();
    const seen = { interactions: 1, utterances: 2, total: { sets: 1, displayed: 1 }, facets: { agents: ["ann"] } };
    expect(await desk.team.overview(query)).toMatchObject({ ok: true, value: { ...seen, leftOut: { agents: 0, interactions: 0 }, agents: [{ kind: "shown", agentId: "ann", figures: { displayed: 1 }, until: null }] } });
    live(desk, "i2", "ann", clock.now(), ["displayed"]);
    const until = clock.now() + 500 + 7 * DAY;
    await desk.export();
    expect(await desk.team.overview(query)).toMatchObject({ ok: true, value: { ...seen, leftOut: { agents: 1, interactions: 1 }, agents: [{ kind: "shown", figures: { displayed: 1 }, until }] } });
    expect(await desk.team.overview(ofAnn)).toMatchObject({ ok: true, value: { ...seen, leftOut: { agents: 1, interactions: 1 } } });
    await clock.advance(8 * DAY);
    expect(await desk.team.overview({ ...query, filter: { ...everything, to: clock.now() } })).toMatchObject({ ok: true, value: { interactions: 2, agents: [{ kind: "shown", figures: { displayed: 2 }, until: null }] } });
  });

  test("knows on a supervisor's own desk which figures agents have seen on theirs", async () => {
    const [supervisor, own] = [await openDesk("one"), await openDesk("two")];
    for (const desk of [supervisor, own]) live(desk, "i1", "ann", clock.now() - 1_000, ["displayed"]);
    const asSupervisor = () => supervisor.history.overview(everything, query.zone, { own: [], team: supervisor.team.place() });
    expect(await asSupervisor()).toMatchObject({ ok: true, value: { interactions: 0, total: { displayed: 0 }, leftOut: { agents: 1, interactions: 1 } } });
    await own.team.agentLooked("ann");
    await own.export();
    expect(await asSupervisor()).toMatchObject({ ok: true, value: { interactions: 1, total: { displayed: 1 }, leftOut: { agents: 0, interactions: 0 } } });
  });

  test("tells a collector each day once it is over, again where it was refused, and never twice", async () => {
    const taken: (readonly [day: string, kind: string, id: string])[] = [];
    let status = 503;
    await using collector = await serveHttp(({ body }, response) => {
      if (status === 200) {
        for (const { resourceLogs } of [JSON.parse(body) as OtlpLogs]) {
          for (const record of resourceLogs[0]?.scopeLogs[0]?.logRecords ?? []) {
            const attribute = (key: string): string => record.attributes.find((one) => one.key === key)?.value.stringValue ?? "";
            taken.push([attribute("callside.day"), (JSON.parse(record.body.stringValue) as { kind: string }).kind, attribute("callside.line.id")]);
          }
        }
      }
      response.writeHead(status).end("{}");
    });
    otlpUrl = `${collector.url}/otlp`;
    const desk = await openDesk("one");
    live(desk, "i1", "ann", clock.now() - 2 * DAY, ["displayed"]);
    live(desk, "i2", "ann", clock.now() - DAY, ["displayed"]);
    live(desk, "i3", "ann", clock.now() - 1_000, ["displayed"]);
    await desk.export();
    expect([taken, desk.notices.all().map(({ id }) => id)]).toEqual([[], ["team-export"]]);
    status = 200;
    await desk.export();
    expect(taken.map(([day, kind]) => `${day} ${kind}`)).toEqual(["2026-03-02 interaction", "2026-03-02 set", "2026-03-03 interaction", "2026-03-03 set"]);
    expect(new Set(taken.map(([, , id]) => id)).size).toBe(4);
    expect(desk.notices.all()).toEqual([]);
    await desk.export();
    expect(taken).toHaveLength(4);
    await clock.advance(18 * 3_600_000);
    await desk.export();
    expect(taken.slice(4).map(([day, kind]) => `${day} ${kind}`)).toEqual(["2026-03-04 interaction", "2026-03-04 set"]);
  }, 60_000);

  test("names what cannot be read and counts the rest", async () => {
    const desk = await openDesk("one");
    live(desk, "i1", "ann", clock.now() - 1_000, ["displayed"]);
    await desk.team.agentLooked("ann");
    await desk.export();
    const [name = ""] = await readdir(folder);
    const good = await readFile(join(folder, name), "utf8");
    await writeFile(join(folder, "callside-aaaa-2026-03-01.jsonl"), `${good.replaceAll(/"id":"/gu, '"id":"b')}{"kind":"set","at":"yesterday"}\nnot json\n`);
    await writeFile(join(folder, "callside-bbbb-2026-03-01.jsonl"), '{"kind":"desk","version":2,"desk":"bbbb","day":"2026-03-01","written":1}\n{"kind":"hologram"}\n');
    await writeFile(join(folder, "notes.txt"), "not ours");
    expect(await desk.team.overview(query)).toMatchObject({
      ok: true,
      value: {
        interactions: 2,
        unread: [
          { file: "callside-aaaa-2026-03-01.jsonl", why: expect.stringMatching(/^\d lines could not be read; line \d/u) as string },
          { file: "callside-bbbb-2026-03-01.jsonl", why: expect.stringContaining("newer Callside (version 2") as string },
        ],
      },
    });
  });

  test("tells a set whose interaction no line before it tells of as not read", async () => {
    const desk = await openDesk("one");
    live(desk, "i1", "ann", clock.now() - 1_000, ["displayed"]);
    await desk.team.agentLooked("ann");
    await desk.export();
    const [name = ""] = await readdir(folder);
    const lines = (await readFile(join(folder, name), "utf8")).split("\n");
    const at = lines.findIndex((line) => line.includes('"kind":"interaction"'));
    const cut = "callside-aaaa-2026-03-04.jsonl";
    await writeFile(join(folder, cut), lines.toSpliced(at, 1).join("\n"));
    expect(await desk.team.overview(query)).toMatchObject({
      ok: true,
      value: { total: { sets: 1 }, unread: [{ file: cut, why: expect.stringMatching(/^line 3: interaction: found [\da-f]{24}; allowed is one that a line before it tells of$/u) as string }] },
    });
  });

  test("says what is missing where no folder is configured, and that it cannot be read where it is gone", async () => {
    const desk = await openDesk("one", { readsOnly: true });
    expect(await desk.team.overview(query)).toMatchObject({ ok: false, error: { code: "disk" } });
    desk.team.apply({ network, history: { retentionDays: 30, mask: true, teamFolder: undefined, export: undefined } });
    expect(await desk.team.overview(query)).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  });

  test("tells a folder that cannot be written once, and that it is well again", async () => {
    const desk = await openDesk("one");
    live(desk, "i1", "ann", clock.now());
    refused = folder;
    await desk.export();
    expect(desk.notices.all()).toMatchObject([{ id: "team-export" }]);
    refused = null;
    await desk.export();
    expect(desk.notices.all()).toEqual([]);
  });
});

test("the days that are written: today, yesterday, what is missing, and all after something was forgotten", () => {
  const now = Date.UTC(2026, 2, 10, 3);
  const days = (missing: readonly string[], all = false): readonly string[] => daysToExport({ now, since: now - 4 * DAY, isMissing: ({ day }) => missing.includes(day), all }).map(({ day }) => day);
  expect(days([])).toEqual(["2026-03-09", "2026-03-10"]);
  expect(days(["2026-03-07", "2026-03-01"])).toEqual(["2026-03-07", "2026-03-09", "2026-03-10"]);
  expect(days([], true)).toEqual(["2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10"]);
});

test("every moment lies in the one day whose file is named for it", () => {
  assert(
    property(array(integer({ min: 0, max: 4_102_444_800_000 })), (moments) => {
      for (const at of moments) {
        const day = teamDay(at);
        expect(at).toBeGreaterThanOrEqual(day.start);
        expect(at).toBeLessThan(day.end);
        expect(teamFileName("d", day)).toBe(`callside-d-${new Date(at).toISOString().slice(0, 10)}.jsonl`);
      }
    }),
  );
});
