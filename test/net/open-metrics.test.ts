import { array, assert, constantFrom, nat, property, string } from "fast-check";
import { expect, test } from "vitest";
import { openMetricsText, type MetricFamily } from "../../electron/net/open-metrics.ts";
import { parseOpenMetrics } from "../support/open-metrics-parser.ts";

const histogram: MetricFamily = {
  kind: "histogram",
  name: "way_seconds",
  unit: "seconds",
  help: "The way.",
  samples: [
    { labels: { hop: "bot" }, bounds: [0.5, 1, 2.5], counts: [1, 0, 2, 3], sum: 20.25 },
    { labels: { hop: "reply" }, bounds: [0.5, 1, 2.5], counts: [0, 0, 0, 0], sum: 0 },
  ],
};

test("families are written as the rules want them", () => {
  const text = openMetricsText([
    { kind: "info", name: "it", help: "What it is.", labels: { scope: "agent" } },
    { kind: "counter", name: "things", help: "Things.", samples: [{ value: 3 }] },
    { kind: "gauge", name: "age_seconds", unit: "seconds", help: "Age.", samples: [] },
    { kind: "stateset", name: "mood", help: "Mood.", states: ["good", "bad"], samples: [{ state: "bad" }] },
    histogram,
  ]);
  expect(text).toBe(`# TYPE it info
# HELP it What it is.
it_info{scope="agent"} 1
# TYPE things counter
# HELP things Things.
things_total 3
# TYPE age_seconds gauge
# UNIT age_seconds seconds
# HELP age_seconds Age.
# TYPE mood stateset
# HELP mood Mood.
mood{mood="good"} 0
mood{mood="bad"} 1
# TYPE way_seconds histogram
# UNIT way_seconds seconds
# HELP way_seconds The way.
way_seconds_bucket{hop="bot",le="0.5"} 1
way_seconds_bucket{hop="bot",le="1.0"} 1
way_seconds_bucket{hop="bot",le="2.5"} 3
way_seconds_bucket{hop="bot",le="+Inf"} 6
way_seconds_sum{hop="bot"} 20.25
way_seconds_count{hop="bot"} 6
way_seconds_bucket{hop="reply",le="0.5"} 0
way_seconds_bucket{hop="reply",le="1.0"} 0
way_seconds_bucket{hop="reply",le="2.5"} 0
way_seconds_bucket{hop="reply",le="+Inf"} 0
way_seconds_sum{hop="reply"} 0
way_seconds_count{hop="reply"} 0
# EOF
`);
  expect(parseOpenMetrics(text).map(({ name, type }) => [name, type])).toEqual([
    ["it", "info"],
    ["things", "counter"],
    ["age_seconds", "gauge"],
    ["mood", "stateset"],
    ["way_seconds", "histogram"],
  ]);
});

test("any label and any help comes back as it was", () => {
  const text = string({ unit: constantFrom("a", '"', "\\", "\n", "n", "{", "}", ",", "=", " ", "é") });
  assert(
    property(text, text, array(nat(), { minLength: 1, maxLength: 4 }), (label, help, values) => {
      const samples = values.map((value, index) => ({ labels: { label, index: String(index) }, value }));
      const [family] = parseOpenMetrics(openMetricsText([{ kind: "gauge", name: "g", help, samples }]));
      expect(family?.samples.map(({ labels, value }) => ({ labels: Object.fromEntries(labels), value }))).toEqual(samples);
      expect(family?.help?.replaceAll(/\\(.)/gu, (_, one: string) => (one === "n" ? "\n" : one))).toBe(help);
    }),
  );
});

test.each([
  ["no end", "# TYPE a gauge\na 1\n"],
  ["more after the end", "# TYPE a gauge\na 1\n# EOF\na 2\n"],
  ["an empty line", "# TYPE a gauge\n\na 1\n# EOF\n"],
  ["a sample of no family", "a 1\n# EOF\n"],
  ["a counter without _total", "# TYPE a counter\na 1\n# EOF\n"],
  ["a counter below zero", "# TYPE a counter\na_total -1\n# EOF\n"],
  ["no number", "# TYPE a gauge\na null\n# EOF\n"],
  ["the same sample twice", "# TYPE a gauge\na 1\na 1\n# EOF\n"],
  ["a label that is not escaped", '# TYPE a gauge\na{b="c"d"} 1\n# EOF\n'],
  ["a family that comes again", "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n"],
  ["a unit that the name lacks", "# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n"],
  ["two states at once", '# TYPE a stateset\na{a="x"} 1\na{a="y"} 1\n# EOF\n'],
  ["buckets that shrink", '# TYPE a histogram\na_bucket{le="1.0"} 2\na_bucket{le="+Inf"} 1\n# EOF\n'],
  ["buckets without an end", '# TYPE a histogram\na_bucket{le="1.0"} 2\n# EOF\n'],
  ["a bound without its .0", '# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 2\n# EOF\n'],
  ["a count that is not the last bucket", '# TYPE a histogram\na_bucket{le="+Inf"} 2\na_sum 1\na_count 3\n# EOF\n'],
  ["a sum alone", '# TYPE a histogram\na_bucket{le="+Inf"} 2\na_sum 1\n# EOF\n'],
  ["names that clash", "# TYPE a counter\na_total 1\n# TYPE a_total gauge\na_total 1\n# EOF\n"],
  ["mixed sets of labels", '# TYPE a stateset\na{h="1",a="x"} 1\na{h="2",a="x"} 1\na{h="1",a="y"} 0\n# EOF\n'],
])("the rules that it is checked by refuse %s", (_, text) => {
  expect(() => parseOpenMetrics(text)).toThrow();
});
