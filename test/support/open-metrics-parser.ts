export interface ParsedSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
  readonly help: string | null;
  readonly samples: readonly ParsedSample[];
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total", "_created"],
  gauge: [""],
  info: ["_info"],
  stateset: [""],
  histogram: ["_bucket", "_sum", "_count", "_created"],
};
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/u;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?!$)|$)/u;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/u;

/**
 * Reads a text by the rules of OpenMetrics 1.0 (types that are in use here, no timestamps, no exemplars) and throws at
 * the first that it breaks.
 */
export function parseOpenMetrics(text: string): readonly ParsedFamily[] {
  if (!text.endsWith("# EOF\n")) throw new Error("does not end with # EOF and a line feed");
  if (text.includes("\r")) throw new Error("carriage return");
  const families: Open[] = [];
  for (const line of text.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)) {
    if (line === "") throw new Error("empty line");
    if (line.startsWith("#")) describe(families, line);
    else sample(families, line);
  }
  families.forEach((family) => {
    checkFamily(family);
  });
  checkNames(families);
  return families;
}

interface Open {
  readonly name: string;
  type: string;
  unit: string | null;
  help: string | null;
  readonly samples: ParsedSample[];
}

function describe(families: Open[], line: string): void {
  const match = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/u.exec(line);
  if (match === null) throw new Error(`no comments but TYPE, UNIT and HELP: ${line}`);
  const [, word = "", name = "", value = ""] = match;
  let family = families.at(-1);
  if (family?.name !== name) {
    if (families.some((one) => one.name === name)) throw new Error(`the family comes again: ${name}`);
    family = { name, type: "", unit: null, help: null, samples: [] };
    families.push(family);
  }
  if (family.samples.length > 0) throw new Error(`described after its samples: ${line}`);
  if (word === "TYPE") {
    if (family.type !== "") throw new Error(`two types: ${line}`);
    if (!(value in TYPES)) throw new Error(`no such type: ${line}`);
    family.type = value;
  } else if (word === "UNIT") {
    if (family.unit !== null) throw new Error(`two units: ${line}`);
    if (!name.endsWith(`_${value}`)) throw new Error(`the unit is not the end of the name: ${line}`);
    family.unit = value;
  } else {
    if (family.help !== null) throw new Error(`two helps: ${line}`);
    if (!/^(?:[^\\"]|\\[\\"n])*$/u.test(value)) throw new Error(`not escaped: ${line}`);
    family.help = value;
  }
}

function sample(families: readonly Open[], line: string): void {
  const match = SAMPLE.exec(line);
  if (match === null) throw new Error(`no sample: ${line}`);
  const [, name = "", labelText, valueText = ""] = match;
  const family = families.at(-1);
  if (family === undefined || family.type === "") throw new Error(`a sample without a type before it: ${line}`);
  if (!(TYPES[family.type] ?? []).some((suffix) => name === `${family.name}${suffix}`)) throw new Error(`not of the family ${family.name}: ${line}`);
  if (!NUMBER.test(valueText)) throw new Error(`no number: ${line}`);
  if (labelText === "") throw new Error(`braces without labels: ${line}`);
  const labels = labelsOf(labelText ?? "", line);
  const key = keyOf(name, labels);
  if (family.samples.some((one) => keyOf(one.name, one.labels) === key)) throw new Error(`the sample comes again: ${line}`);
  family.samples.push({ name, labels, value: Number(valueText) });
}

function labelsOf(text: string, line: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  let rest = text;
  while (rest !== "") {
    const match = LABEL.exec(rest);
    if (match === null) throw new Error(`no label: ${line}`);
    const [whole, name = "", value = ""] = match;
    if (labels.has(name)) throw new Error(`a label twice: ${line}`);
    labels.set(name, value.replaceAll(/\\(.)/gu, (_, one: string) => (one === "n" ? "\n" : one)));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function checkFamily(family: Open): void {
  const { name, type, unit, samples } = family;
  if (type === "") throw new Error(`no type: ${name}`);
  if (unit !== null && (type === "info" || type === "stateset")) throw new Error(`a unit where there is none: ${name}`);
  // Points of one set of labels stand together.
  const own = type === "histogram" ? "le" : type === "stateset" ? name : "";
  const groups: { readonly key: string; readonly samples: ParsedSample[] }[] = [];
  for (const one of samples) {
    const key = keyOf("", new Map([...one.labels].filter(([label]) => label !== own)));
    const last = groups.at(-1);
    if (last?.key === key) last.samples.push(one);
    else if (groups.some((group) => group.key === key)) throw new Error(`sets of labels are mixed: ${name}`);
    else groups.push({ key, samples: [one] });
  }
  for (const group of groups) {
    if (type === "counter" && group.samples.some(({ value }) => !(value >= 0))) throw new Error(`a counter below zero: ${name}`);
    if (type === "info" && group.samples.some(({ value }) => value !== 1)) throw new Error(`an info that is not 1: ${name}`);
    if (type === "stateset") checkStates(name, group.samples);
    if (type === "histogram") checkHistogram(name, group.samples);
  }
}

function checkStates(name: string, samples: readonly ParsedSample[]): void {
  if (samples.some(({ labels }) => !labels.has(name))) throw new Error(`a state without its label: ${name}`);
  if (samples.some(({ value }) => value !== 0 && value !== 1)) throw new Error(`a state that is neither 0 nor 1: ${name}`);
  if (samples.filter(({ value }) => value === 1).length !== 1) throw new Error(`not one state: ${name}`);
}

function checkHistogram(name: string, samples: readonly ParsedSample[]): void {
  const buckets = samples.filter((one) => one.name === `${name}_bucket`);
  const bounds = buckets.map(({ labels }) => labels.get("le") ?? "");
  if (bounds.at(-1) !== "+Inf") throw new Error(`no last bucket +Inf: ${name}`);
  for (const bound of bounds.slice(0, -1)) {
    const canonical = Number.isInteger(Number(bound)) ? `${Number(bound)}.0` : String(Number(bound));
    if (!NUMBER.test(bound) || bound !== canonical) throw new Error(`a bound that is not canonical: ${bound}`);
  }
  const numbers = bounds.map((bound) => (bound === "+Inf" ? Infinity : Number(bound)));
  if (numbers.some((bound, index) => index > 0 && !(bound > (numbers[index - 1] ?? Infinity)))) throw new Error(`bounds out of order: ${name}`);
  if (buckets.some(({ value }, index) => index > 0 && value < (buckets[index - 1]?.value ?? Infinity))) throw new Error(`buckets that do not grow: ${name}`);
  const sum = samples.find((one) => one.name === `${name}_sum`);
  const count = samples.find((one) => one.name === `${name}_count`);
  if ((sum === undefined) !== (count === undefined)) throw new Error(`sum and count go together: ${name}`);
  if (count !== undefined && count.value !== buckets.at(-1)?.value) throw new Error(`the count is not the last bucket: ${name}`);
  if (samples.some((one) => one.name !== `${name}_bucket` && one.labels.has("le"))) throw new Error(`le is for buckets: ${name}`);
}

/** No family may be named like a sample of another. */
function checkNames(families: readonly Open[]): void {
  const taken = new Map<string, string>();
  for (const { name, type } of families) {
    for (const one of new Set([name, ...(TYPES[type] ?? []).map((suffix) => `${name}${suffix}`)])) {
      if (taken.has(one)) throw new Error(`${name} and ${taken.get(one)} clash in ${one}`);
      taken.set(one, name);
    }
  }
}

function keyOf(name: string, labels: ReadonlyMap<string, string>): string {
  return JSON.stringify([name, ...[...labels].toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}
