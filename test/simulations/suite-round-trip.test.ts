import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { parseSuite } from "../../electron/simulations/suite-file.ts";
import { readYaml } from "../../electron/documents/yaml-source.ts";
import { readAnyYaml } from "../../electron/documents/yaml-library.ts";
import { plainTree, type SourceFault, type SourceNode } from "../../electron/documents/source-node.ts";
import type { JsonValue, SimulationCase, Suite } from "../../shared/simulation.ts";

/** What formats like to mistake for something else. */
const nasty = fc.constantFrom(
  "1", "007", "1e3", "0x1f", ".5", "-", "- a", "a: b", "a:", ":a", "# no comment", "a #b", "true", "No", "null", "~", "'q'", '"', "\\", "\\n", "{a}", "[b]", "*a", "&a", "!t", "%x", "@x", "`", "|", ">", "? a",
  "two\nlines", "\n\nafter\n\n\nbefore", "tab\there", "a,b", "a;b", "a=b;c=d", "long words ".repeat(20).trim(), "été ü 你好 🎧", "a\u2028b", "a\u00a0b", "{name}", "---", "...", "<<", "a\\", "a''b", 'say ""hi""',
);
const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), nasty);
const filled = text.map((value) => value.trim()).filter((value) => value !== "");
// The one is refused, the other means a merge where YAML writes it without quotes, as the package does.
const key = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), text).filter((name) => name !== "__proto__" && name !== "<<");
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })).map((value) => value + 0);
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, text, number, fc.boolean(), fc.constant(null), fc.array(tie("value"), { maxLength: 3 }), fc.dictionary(key, tie("value"), { maxKeys: 3 })),
})).value;
const map = fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true });

const simulationCase = fc.record({
  test_id: fc.stringMatching(/^test_[A-Za-z0-9_]{1,12}$/),
  user_id: fc.stringMatching(/^usr_[A-Za-z0-9]{1,8}$/),
  platform: filled.filter((value) => value.length <= 100),
  utterance: filled,
  session_context: map,
  expected_outcome: fc.record({ intent: filled, entities: map, next_flow: filled, response_contains: filled }, { requiredKeys: ["intent", "entities"], noNullPrototype: true }),
  tags: fc.uniqueArray(filled, { maxLength: 3 }),
}, { noNullPrototype: true });
const suite = fc.record({
  name: filled.filter((value) => value.length <= 200),
  expected_flows: fc.uniqueArray(filled, { maxLength: 4 }),
  cases: fc.uniqueArray(simulationCase, { minLength: 1, maxLength: 5, selector: (one) => one.test_id }),
}, { noNullPrototype: true });

const yamlStyle = fc.record({
  lineWidth: fc.constantFrom(0, 30, 80),
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const),
  collectionStyle: fc.constantFrom("any" as const, "flow" as const),
});

function parsed(file: string, content: string, flows?: readonly string[]): Suite {
  const result = parseSuite({ file, text: content, ...(flows === undefined ? {} : { flows }) });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Narrow lines lead the package to write some texts that even it reads back as others: no test of ours. */
function isFaithful(content: string, value: Suite): boolean {
  try {
    return isDeepStrictEqual(parse(content), value);
  } catch {
    return false;
  }
}

function asCsv(cases: readonly SimulationCase[], delimiter: string, lineBreak: string): string {
  const names = ["tags", "test_id", "user_id", "platform", "utterance", "intent", "entities", "next_flow", "response_contains", "session_context"];
  const quoted = (cell: string): string => (/["\r\n,;\t]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = cases.map(({ expected_outcome: outcome, ...one }) =>
    [JSON.stringify(one.tags), one.test_id, one.user_id, one.platform, one.utterance, outcome.intent, JSON.stringify(outcome.entities), outcome.next_flow ?? "", outcome.response_contains ?? "", JSON.stringify(one.session_context)].map(quoted).join(delimiter),
  );
  return [names.join(delimiter), ...lines, ""].join(lineBreak);
}

describe("any suite", () => {
  test("comes back the same from JSON, however it is spaced", () => {
    fc.assert(fc.property(suite, fc.constantFrom(0, 2, "\t"), (value, space) => {
      expect(parsed("a.json", JSON.stringify(value, null, space))).toEqual(value);
    }), { numRuns: 150 });
  });

  test("comes back the same from YAML, however it is laid out", () => {
    fc.assert(fc.property(suite, yamlStyle, (value, style) => {
      const content = stringify(value, style);
      fc.pre(isFaithful(content, value));
      expect(parsed("a.yaml", content)).toEqual(value);
    }), { numRuns: 150 });
  });

  test("comes back the same from CSV, whatever its delimiter and line breaks", () => {
    fc.assert(fc.property(suite, fc.constantFrom(",", ";", "\t"), fc.constantFrom("\n", "\r\n"), (value, delimiter, lineBreak) => {
      expect(parsed("/x/night.csv", asCsv(value.cases, delimiter, lineBreak), value.expected_flows)).toEqual({ ...value, name: "night" });
    }), { numRuns: 150 });
  });
});

describe("the reader of plain YAML", () => {
  const pieces = [
    "- ", "-\n", "a: ", "b: ", "key: ", "x", "1", "0x1f", ".5", "null", "~", "\n", "\n", "\n", " ", "  ", "    ", '"q"', "'s'", '"a\\n\\\n   b"', "|\n", "|-\n", ">\n", "# c", "#", "[", "]", "{", "}", ",", " #x", ":", "\t", "\r\n", "---\n", "...\n",
    "&a ", "*a", "!t ", "é", "\\", '"', "? ", "- - ", "<<: ", "%", "a: x\n", "  b: y z\n", "cases:\n", "  - t: 1\n", "    u: two\n", "    v: [a, b]\n", "    w: {k: v}\n", "    x: |\n      q\n", "  - t: long\n      more\n", '    y: "a\n      b"\n', "    - z\n",
  ];

  const outcome = ({ root, faults }: { readonly root: SourceNode | null; readonly faults: readonly SourceFault[] }): unknown => {
    const tree = root === null ? null : plainTree(root);
    return faults.length > 0 || (tree?.faults.length ?? 0) > 0 ? "faulty" : (tree?.value ?? null);
  };

  test("never finds anything else than the whole of YAML would, and knows what is broken", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (chosen) => {
      const content = chosen.join("");
      expect(outcome(readYaml(content))).toEqual(outcome(readAnyYaml(content)));
    }), { numRuns: 4_000 });
  });
});
