import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Place } from "../../electron/desktop/window-place.ts";
import { MAX_SETS, openWindowPlaces, PLACES_FILE_NAME, type WindowPlaces } from "../../electron/desktop/window-places.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { tempDirectory, type TempDirectory } from "../support/temp-directory.ts";

const place: Place = { display: 7, width: 420, floating: { x: -100, y: 20, width: 400, height: 900 } };

let home: TempDirectory;
let folder: string;
let clock: FakeClock;

beforeEach(async () => {
  home = await tempDirectory();
  folder = join(home.path, "data");
  clock = createFakeClock();
});
afterEach(async () => {
  expect(clock.pending()).toBe(0);
  await home[Symbol.asyncDispose]();
});

const open = (files = nodeFiles): Promise<WindowPlaces> => openWindowPlaces({ files, folder, clock });
const file = (): string => join(folder, PLACES_FILE_NAME);

async function put(text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(file(), text);
}

it("remembers the place of each set of displays, and that the person was told, over an end", async () => {
  {
    await using places = await open();
    expect([places.find("desk"), places.latest(), places.wasToldHidden()]).toEqual([null, null, false]);
    places.remember("desk", place);
    places.remember("laptop", { ...place, width: 360 });
    places.noteToldHidden();
  }
  await using again = await open();
  expect(again.find("desk")).toEqual(place);
  expect(again.find("laptop")).toEqual({ ...place, width: 360 });
  expect(again.latest()).toEqual({ ...place, width: 360 });
  expect(again.wasToldHidden()).toBe(true);
});

it("writes once for many moves, a little later, for the owner alone", async () => {
  const { files, faults } = createFaultyFiles();
  let writes = 0;
  await using places = await open({
    ...files,
    replace: async (path, text) => {
      writes += 1;
      await files.replace(path, text);
    },
  });
  for (let x = 0; x < 50; x += 1) places.remember("desk", { ...place, width: 400 + x });
  await clock.advance(900);
  expect(writes).toBe(0);
  await clock.advance(100);
  await expect.poll(() => readFile(file(), "utf8").catch(() => "")).toContain('"width": 449');
  expect(writes).toBe(1);
  places.remember("desk", { ...place, width: 449 });
  await clock.advance(5_000);
  expect(writes).toBe(1);
  expect(faults.replace).toBeNull();
  if (process.platform !== "win32") expect((await stat(file())).mode & 0o777).toBe(0o600);
});

it("loses the last move neither when it ends at once nor while it writes", async () => {
  const held = Promise.withResolvers<void>();
  const places = await open({
    ...nodeFiles,
    replace: async (path, text) => {
      await held.promise;
      await nodeFiles.replace(path, text);
    },
  });
  places.remember("desk", place);
  await clock.advance(1_000);
  places.remember("desk", { ...place, width: 500 });
  const ended = places[Symbol.asyncDispose]();
  held.resolve();
  await ended;
  await using again = await open();
  expect(again.find("desk")?.width).toBe(500);
});

it(`forgets what was not used for longest beyond ${MAX_SETS} sets`, async () => {
  {
    await using places = await open();
    for (let set = 0; set < MAX_SETS; set += 1) places.remember(`set ${set}`, place);
    places.remember("set 0", place);
    places.remember("one more", place);
  }
  await using again = await open();
  expect([again.find("set 0"), again.find("set 1"), again.find("one more")]).toEqual([place, null, place]);
  const { sets } = JSON.parse(await readFile(file(), "utf8")) as { sets: unknown[] };
  expect(sets).toHaveLength(MAX_SETS);
});

it.each([
  ["no JSON", "{", "damaged"],
  ["an empty file", "", "damaged"],
  ["another shape", '{"version":1,"sets":{},"toldHidden":false}', "damaged"],
  ["a key that is not known", '{"version":1,"sets":[],"toldHidden":false,"more":1}', "damaged"],
  ["a width that is none", `{"version":1,"toldHidden":false,"sets":[{"displays":"desk","place":${JSON.stringify({ ...place, width: -1 })}}]}`, "damaged"],
  ["a place beyond all desktops", `{"version":1,"toldHidden":false,"sets":[{"displays":"desk","place":{"display":1,"width":400,"floating":{"x":1e300,"y":0,"width":1,"height":1}}}]}`, "damaged"],
  ["a later version", '{"version":2,"sets":[],"arcs":[]}', "newer"],
])("sets %s aside and begins anew", async (_what, text, why) => {
  await put(text);
  {
    await using places = await open();
    expect(places.find("desk")).toBeNull();
    places.remember("desk", place);
  }
  const names = await readdir(folder);
  const aside = names.find((name) => name.startsWith(`${PLACES_FILE_NAME}.${why}-2026-01-05T`));
  expect(names).toHaveLength(2);
  expect(await readFile(join(folder, aside ?? "absent"), "utf8")).toBe(text);
  await using again = await open();
  expect(again.find("desk")).toEqual(place);
});

it("never writes over what was set aside at the same moment", async () => {
  for (const text of ["first", "second"]) {
    await put(text);
    await (await open())[Symbol.asyncDispose]();
  }
  const aside = (await readdir(folder)).filter((name) => name.includes("damaged"));
  expect((await Promise.all(aside.map((name) => readFile(join(folder, name), "utf8")))).toSorted()).toEqual(["first", "second"]);
});

it("goes on without the disk, tries again, and loses a damaged file only when it lies elsewhere", async () => {
  await put("damaged");
  const { files, faults } = createFaultyFiles();
  faults.replace = "ENOSPC";
  const places = await open(files);
  places.remember("desk", place);
  await clock.advance(1_000);
  await expect.poll(() => clock.pending()).toBe(1);
  expect(await readFile(file(), "utf8")).toBe("damaged");
  expect(places.find("desk")).toEqual(place);
  faults.replace = null;
  await clock.advance(250);
  await expect.poll(() => readFile(file(), "utf8")).toContain('"displays": "desk"');
  places.remember("laptop", place);
  await places[Symbol.asyncDispose]();
  expect(await readdir(folder)).toHaveLength(2);
});

it("writes what the disk would not take as soon as it does, without a further move", async () => {
  const { files, faults } = createFaultyFiles();
  await using places = await open(files);
  faults.replace = "EIO";
  places.remember("desk", place);
  await clock.advance(1_000);
  await expect.poll(() => clock.pending()).toBe(1);
  faults.replace = null;
  await clock.advance(250);
  await expect.poll(() => readFile(file(), "utf8").catch(() => "")).toContain('"displays": "desk"');
});

it("ends in peace where nothing can be read or written", async () => {
  await mkdir(file(), { recursive: true });
  const places = await open();
  places.remember("desk", place);
  await places[Symbol.asyncDispose]();
  expect(places.find("desk")).toEqual(place);
});
