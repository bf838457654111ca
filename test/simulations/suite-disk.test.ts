import { writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FilePort } from "../../electron/files/file-port.ts";
import { readSuite } from "../../electron/simulations/suite-file.ts";
import { systemError } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const text = "\uFEFFcases:\n  - {test_id: test_a, user_id: usr_1, utterance: grüße, expected_outcome: {intent: hello}}\n";

/** What reading a file with these bytes comes to, `null` where it is fine. */
async function told(name: string, bytes: Uint8Array | string): Promise<string | null> {
  await using directory = await tempDirectory();
  const path = join(directory.path, name);
  await writeFile(path, bytes);
  const result = await readSuite(path, {});
  if (result.ok) return null;
  expect(result.error.map((problem) => problem.file)).toEqual([path]);
  return result.error.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n");
}

describe("a suite on disk", () => {
  test("is read, named after its file, with the flows that are given", async () => {
    await using directory = await tempDirectory();
    const path = join(directory.path, "shop.yaml");
    await writeFile(path, text);
    const result = await readSuite(path, { flows: ["flow_a"] });
    expect(result.ok && { ...result.value, cases: result.value.cases.map((one) => one.utterance) }).toEqual({ name: "shop", expected_flows: ["flow_a"], cases: ["grüße"] });
  });

  test.each([
    ["an empty file", "a.yaml", "", "null:null found nothing in the file; allowed: a suite with at least 1 case"],
    ["Latin-1", "a.yaml", Buffer.from("cases:\n  - grüße é\n", "latin1"), "2:7 found the byte 0xfc, which is no UTF-8 here; allowed: text in UTF-8"],
    ["a byte that is wrong behind longer characters", "a.csv", Buffer.concat([Buffer.from("test_id\n🎧ü"), Buffer.from([0xff]), Buffer.from("\nb")]), "2:4 found the byte 0xff, which is no UTF-8 here; allowed: text in UTF-8"],
    ["a character that is cut off", "a.json", Buffer.from("{\"é").subarray(0, 3), "1:3 found the byte 0xc3, which is no UTF-8 here; allowed: text in UTF-8"],
    ["UTF-16", "a.csv", Buffer.from("\uFEFFtest_id", "utf16le"), "null:null found text in UTF-16; allowed: text in UTF-8"],
  ])("that is %s is told so", async (_what, name, bytes, expected) => {
    expect(await told(name, bytes)).toBe(expected);
  });

  test("that is missing, or a directory, is told so", async () => {
    await using directory = await tempDirectory();
    await mkdir(join(directory.path, "folder.yaml"));
    const reasons = await Promise.all(["none.yaml", "folder.yaml"].map(async (name) => {
      const result = await readSuite(join(directory.path, name), {});
      return result.ok ? null : result.error[0]?.message;
    }));
    expect(reasons).toEqual(["the suite cannot be read: there is no such file or directory (ENOENT)", "the suite cannot be read: it is a directory (EISDIR)"]);
  });

  test("that is too large is refused with size and limit, without being read", async () => {
    let reads = 0;
    const files: Pick<FilePort, "size" | "read"> = {
      size: () => Promise.resolve(200_000_000),
      read: () => {
        reads += 1;
        return Promise.resolve(new Uint8Array());
      },
    };
    const result = await readSuite("/suites/huge.yaml", { files });
    expect(!result.ok && result.error).toEqual([{ file: "/suites/huge.yaml", line: null, column: null, field: "", message: "found 200 MB; allowed: a suite of at most 20 MB" }]);
    expect(reads).toBe(0);
  });

  test("that grows while it is read, or fails half-way, is told so", async () => {
    const grown = await readSuite("a.yaml", { files: { size: () => Promise.resolve(3), read: (_path, _position, length) => Promise.resolve(new Uint8Array(length)) } });
    expect(!grown.ok && grown.error[0]?.message).toBe("found a file that changes while it is read; try again once it is whole");
    const failed = await readSuite("a.yaml", { files: { size: () => Promise.resolve(3), read: () => Promise.reject(systemError("EIO")) } });
    expect(!failed.ok && failed.error[0]?.message).toBe("the suite cannot be read: the disk reported an error (EIO)");
  });
});
