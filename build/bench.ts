import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeHindrance } from "./check-node.ts";
import { formatValue, keepsLimit, type Figure } from "./bench/figure.ts";
import { measures, type Measure } from "./bench/measures.ts";
import { runApart } from "./bench/run-apart.ts";

const USAGE = `usage: npm run bench -- [--json | --markdown] [--whole] [--only NAME]...
  NAME: ${measures.map(({ name }) => name).join(", ")}
  Those that take minutes (${measures.filter(({ isLong }) => isLong).map(({ name }) => name).join(", ")}) are run by name or with --whole.`;

type Form = "text" | "json" | "markdown";

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(2);
}

const options = readOptions();
const wanted = options === null ? null : pick(options.measure === undefined ? (options.only ?? []) : [options.measure], options.whole === true);
if (options === null || wanted === null) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (options.measure === undefined) {
  process.exitCode = await runAll(wanted, options.json === true ? "json" : options.markdown === true ? "markdown" : "text");
} else {
  for (const measure of wanted) console.log(JSON.stringify(await measure.run()));
  // Whatever a measure has left behind must not keep its process.
  process.exit();
}

/** Runs the measures one after the other and tells each as it is done. Exit code 0: measured, and within every limit. */
async function runAll(chosen: readonly Measure[], form: Form): Promise<number> {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopped.abort();
    });
  }
  const script = fileURLToPath(import.meta.url);
  const tell = form === "json" ? tellJson : form === "markdown" ? tellMarkdown : tellRow;
  if (form === "markdown") console.log("| Figure | Value | Limit | |\n| --- | --: | --: | --- |");
  if (form === "text") console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores\n\n${row(["figure", "value", "limit", ""])}`);
  let isGood = true;
  for (const measure of chosen) {
    const outcome = await runApart(script, measure, stopped.signal);
    if (outcome.kind === "failed") {
      isGood = false;
      if (form === "json") console.log(JSON.stringify({ measure: measure.name, error: outcome.reason }));
      else if (form === "markdown") console.log(`| ${measure.name} | not measured | | failed: ${outcome.reason} |`);
      else console.log(row([measure.name, "not measured", "", `FAILED: ${outcome.reason}`]));
      continue;
    }
    for (const figure of outcome.figures) {
      tell(measure.name, figure);
      if (keepsLimit(figure) === false) isGood = false;
    }
  }
  return isGood ? 0 : 1;
}

function tellJson(measure: string, figure: Figure): void {
  console.log(JSON.stringify({ measure, ...figure, name: figure.name.trim(), ok: keepsLimit(figure) }));
}

/** A row of the table in the README. */
function tellMarkdown(_measure: string, figure: Figure): void {
  const { name, value, unit, limit } = figure;
  const kept = keepsLimit(figure);
  const shown = name.replace(/^ +/, "&nbsp;&nbsp;");
  const bound = limit === undefined ? "" : `${limit.kind} ${limit.value.toLocaleString("en")} ${unit}`;
  console.log(`| ${shown} | ${formatValue(value)} ${unit} | ${bound} | ${kept === null ? "" : kept ? "kept" : "**missed**"} |`);
}

function tellRow(_measure: string, figure: Figure): void {
  const { name, value, unit, limit } = figure;
  const kept = keepsLimit(figure);
  console.log(row([name, `${formatValue(value)} ${unit}`, limit === undefined ? "" : `${limit.kind} ${limit.value} ${unit}`, kept === null ? "" : kept ? "ok" : "OVER"]));
}

function row([name = "", value = "", limit = "", verdict = ""]: readonly string[]): string {
  return `${name.padEnd(56)}${value.padStart(19)}  ${limit.padEnd(20)}${verdict}`.trimEnd();
}

function readOptions(): {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly whole?: boolean;
  readonly only?: readonly string[];
  readonly measure?: string;
} | null {
  try {
    const { values } = parseArgs({
      options: { json: { type: "boolean" }, markdown: { type: "boolean" }, whole: { type: "boolean" }, only: { type: "string", multiple: true }, measure: { type: "string" } },
    });
    return values;
  } catch {
    return null;
  }
}

/** The measures of these names; for none, all, but the long ones only where the whole is wanted. Null where a name is no measure's. */
function pick(names: readonly string[], isWhole: boolean): readonly Measure[] | null {
  if (names.some((name) => !measures.some((measure) => measure.name === name))) return null;
  return names.length === 0 ? measures.filter(({ isLong }) => isWhole || isLong === undefined) : measures.filter(({ name }) => names.includes(name));
}
