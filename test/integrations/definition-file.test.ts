import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDefinition, readDefinition } from "../../electron/integrations/definition-file.ts";
import { systemError } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const yaml = `# The lookup
name: Order lookup
bot_id: bot_1
config:
  url: https://orders.example.com/search
  headers: { X-Source: bot }
  request_mapping:
    body:
      $input: bot.payload
      transform: json_merge
  response_mapping: { extract: "data.result", normalize: flatten }
`;

/** `line path: message` of all that is wrong with a text. */
function told(file: string, text: string): readonly string[] {
  return parseDefinition({ file, text }).problems.map(({ path, message, line }) => `${line ?? "-"} ${path}: ${message}`);
}

describe("a definition file", () => {
  test("means the same in YAML and in JSON, with and without a byte order mark", () => {
    const fromYaml = parseDefinition({ file: "orders.yaml", text: yaml });
    expect(fromYaml.problems).toEqual([]);
    expect(fromYaml.definition?.config.request_mapping).toEqual({ body: { $input: "bot.payload", transform: "json_merge" } });
    const text = JSON.stringify(fromYaml.draft);
    expect(parseDefinition({ file: "orders.JSON", text: `\uFEFF${text}` }).definition).toEqual(fromYaml.definition);
    expect(parseDefinition({ file: "a.yml", text: `\uFEFF${yaml.replaceAll("\n", "\r\n")}` }).definition).toEqual(fromYaml.definition);
  });

  test("tells all that is wrong with its lines, in the order of the file", () => {
    const text = yaml.replace("bot_1", "17").replace("https:", "http:").replace("X-Source: bot", "Host: a, X-A: 1").replace("flatten", "flat") + "extra: 1\n";
    expect(told("o.yaml", text).map((one) => one.slice(0, 60))).toEqual([
      "3 bot_id: found the number 17; allowed: text of 1 to 200 cha",
      "5 config.url: found http://, which anybody on the way can re",
      "6 config.headers.Host: found a header that is set already: i",
      "6 config.headers.X-A: found a number; allowed: one line of t",
      "11 config.response_mapping.normalize: found \"flat\"; allowed:",
      "12 extra: found the unknown key \"extra\"; allowed: name, desc",
    ]);
  });

  test("tells what is missing at the place that lacks it", () => {
    expect(told("o.yaml", "name: Orders\nbot_id: b\nconfig:\n  method: GET\n")).toEqual(["4 config.url: missing; allowed: text of 1 to 2,000 characters"]);
  });

  test("tells of a key that is given twice, and of keys that JavaScript would swallow", () => {
    expect(told("o.yaml", `${yaml}name: Again\n`)).toEqual(["12 name: found the same key a second time; allowed: each key once"]);
    expect(told("o.json", '{\n"__proto__": {"name": "x"},\n"name": "abc"}').join("\n")).toMatch(/^2 __proto__: found the key __proto__/m);
    expect(told("o.yaml", yaml.replace("$input: bot.payload", "constructor: 1\n      $input: bot.payload"))).toEqual(["9 config.request_mapping.body.constructor: found the key constructor; allowed: every key but __proto__, constructor, prototype"]);
  });

  test("that cannot be read in one part still tells what is wrong with the others", () => {
    const problems = told("o.yaml", yaml.replace("name: Order lookup", "name: [").replace("bot_1", "1"));
    expect(problems.join("\n")).toMatch(/not well-formed YAML/);
  });

  test.each([
    ["o.json", "{", "1 : not well-formed JSON: found the end of the text; allowed: a key in double quotes (no comma before })"],
    ["o.json", "// a\n{}", "1 : not well-formed JSON: found a comment, which JSON does not have; allowed: a value: text in double quotes, number, true, false, null, [ or {"],
    ["o.yaml", "", "- : found nothing in the file; allowed: a definition"],
    ["o.json", "", "1 : not well-formed JSON: found the end of the text; allowed: a value: text in double quotes, number, true, false, null, [ or {"],
    ["o.toml", "a", "- : found a name that ends otherwise; allowed: a file that ends in .json, .yaml or .yml"],
    ["o.yaml", "x".repeat(1_000_001), "- : found 1.1 MB; allowed: a definition of at most 1 MB"],
  ])("%s with %.10j is refused", (file, text, expected) => {
    expect(told(file, text)).toEqual([expected]);
  });

  test("may nest and alias no more than is safe", () => {
    expect(told("o.json", "[".repeat(100_000)).join()).toMatch(/nested too deeply/);
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${"bcdefghi".split("").map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${"abcdefghi"[index]}`).join(",")}]`).join("\n")}\n`;
    expect(told("o.yaml", bomb).join()).toMatch(/aliases that stand for more than/);
  });
});

describe("a definition on disk", () => {
  test("is read with everything that the text says", async () => {
    await using directory = await tempDirectory();
    const path = join(directory.path, "orders.yaml");
    await writeFile(path, yaml);
    const reading = await readDefinition(path);
    expect(reading.definition?.name).toBe("Order lookup");
    expect(reading.had).toBe(true);
  });

  test("that is missing, a folder, no text, or too large is told so, and was not had", async () => {
    await using directory = await tempDirectory();
    await mkdir(join(directory.path, "folder.yaml"));
    await writeFile(join(directory.path, "latin.yaml"), Buffer.from("name: x\nbot_id: grüße\n", "latin1"));
    const tell = async (name: string): Promise<unknown> => {
      const { problems, had } = await readDefinition(join(directory.path, name));
      return [had, ...problems.map(({ line, message }) => `${line ?? "-"} ${message}`)];
    };
    expect(await tell("none.yaml")).toEqual([false, "- the definition cannot be read: there is no such file or directory (ENOENT)"]);
    expect(await tell("folder.yaml")).toEqual([false, "- the definition cannot be read: it is a directory (EISDIR)"]);
    expect(await tell("latin.yaml")).toEqual([false, "2 found the byte 0xfc, which is no UTF-8 here; allowed: text in UTF-8"]);
    expect(await tell("none.txt")).toEqual([false, "- found a name that ends otherwise; allowed: a file that ends in .json, .yaml or .yml"]);
    let reads = 0;
    const read = (): Promise<Uint8Array> => {
      reads += 1;
      return Promise.resolve(new Uint8Array());
    };
    const huge = await readDefinition("/a.json", { files: { size: () => Promise.resolve(1_000_001), read } });
    expect([huge.problems[0]?.message, reads]).toEqual(["found 1.1 MB; allowed: a definition of at most 1 MB", 0]);
    const failed = await readDefinition("/a.json", { files: { size: () => Promise.resolve(3), read: () => Promise.reject(systemError("EIO")) } });
    expect(failed.problems[0]?.message).toBe("the definition cannot be read: the disk reported an error (EIO)");
  });
});
