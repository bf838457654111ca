import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { z } from "zod";
import { median, type Figure } from "./figure.ts";
import { benchSuite } from "./simulations-cases.ts";
import { type readingSchema, readSchema } from "./simulations-reader.ts";
import { suiteForms, withBad } from "./simulations-texts.ts";

const CASES = 10_000;
const BAD = 1_000;
const ROUNDS = 5;

/**
 * What it takes to read and check a suite of 10,000 cases: sound, and with 1,000 bad ones. Each time in a thread of its
 * own, as a person opens a suite: once, with nothing compiled yet. What reads suites is loaded by then.
 */
export async function measureParse(): Promise<readonly Figure[]> {
  const { cases } = benchSuite(CASES);
  const bad = withBad(cases);
  const figures: Figure[] = [];
  for (const { name, file, write } of suiteForms) {
    const sound = await timeReading({ file, text: write(cases) }, { sound: true, found: CASES });
    const broken = await timeReading({ file, text: write(bad) }, { sound: false, found: BAD });
    figures.push(
      { name: `suite of 10,000 cases read, ${name}`, value: sound, unit: "ms", limit: { kind: "at most", value: 1_000 } },
      { name: "  with 1,000 bad ones", value: broken, unit: "ms", limit: { kind: "at most", value: 1_000 } },
    );
  }
  return figures;
}

type Read = z.infer<typeof readSchema>;

async function timeReading(reading: z.infer<typeof readingSchema>, wanted: Omit<Read, "ms">): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const worker = new Worker(new URL("simulations-reader.ts", import.meta.url), { workerData: reading });
    const [message] = await once(worker, "message");
    const { ms, ...told } = readSchema.parse(message);
    await worker.terminate();
    if (told.sound !== wanted.sound || told.found !== wanted.found) throw new Error(`${reading.file}: found ${JSON.stringify(told)}; expected ${JSON.stringify(wanted)}`);
    times.push(ms);
  }
  return median(times);
}
