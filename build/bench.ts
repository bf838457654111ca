import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeHindrance } from "./check-node.ts";
import { formatValue, keepsLimit, type Figure } from "./bench/figure.ts";
import { measures, type Measure } from "./bench/measures.ts";
import { runApart } from "./bench/run-apart.ts";

const USAGE = `usage: npm run bench -- [--json] [--only NAME]...
  NAME: ${measures.map(({ name }) => name).join(", ")}`;

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(2);
}

const options = readOptions();
const wanted = options === null ? null : pick(options.measure === undefined ? (options.only ?? []) : [options.measure]);
if (options === null || wanted === null) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (options.measure === undefined) {
  process.exitCode = await runAll(wanted, options.json ?? false);
} else {
  for (const measure of wanted) console.log(JSON.stringify(await measure.run()));
  // Whatever a measure has left behind must not keep its process.
  process.exit();
}

/** Runs the measures one after the other and tells each as it is done. Exit code 0: measured, and within every limit. */
async function runAll(chosen: readonly Measure[], json: boolean): Promise<number> {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopped.abort();
    });
  }
  const script = fileURLToPath(import.meta.url);
  const tell = json ? tellJson : tellRow;
  if (!json) console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores\n\n${row(["figure", "value", "limit", ""])}`);
  let isGood = true;
  for (const measure of chosen) {
    const outcome = await runApart(script, measure, stopped.signal);
    if (outcome.kind === "failed") {
      isGood = false;
      if (json) console.log(JSON.stringify({ measure: measure.name, error: outcome.reason }));
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

function tellRow(_measure: string, figure: Figure): void {
  const { name, value, unit, limit } = figure;
  const kept = keepsLimit(figure);
  console.log(row([name, `${formatValue(value)} ${unit}`, limit === undefined ? "" : `${limit.kind} ${limit.value} ${unit}`, kept === null ? "" : kept ? "ok" : "OVER"]));
}

function row([name = "", value = "", limit = "", verdict = ""]: readonly string[]): string {
  return `${name.padEnd(56)}${value.padStart(19)}  ${limit.padEnd(20)}${verdict}`.trimEnd();
}

function readOptions(): { readonly json?: boolean; readonly only?: readonly string[]; readonly measure?: string } | null {
  try {
    const { values } = parseArgs({
      options: { json: { type: "boolean" }, only: { type: "string", multiple: true }, measure: { type: "string" } },
    });
    return values;
  } catch {
    return null;
  }
}

/** The measures of these names, or all for none; null where a name is no measure's. */
function pick(names: readonly string[]): readonly Measure[] | null {
  if (names.some((name) => !measures.some((measure) => measure.name === name))) return null;
  return names.length === 0 ? measures : measures.filter(({ name }) => names.includes(name));
}
