import { createHttp } from "../../electron/net/http.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { openJournal } from "../../electron/simulations/journal.ts";
import { runBatch } from "../../electron/simulations/runner.ts";
import { createSimulateApi } from "../../electron/simulations/simulate-api.ts";
import { suiteOf } from "./simulation-parts.ts";

/** A process of its own that runs a batch with a journal, to be killed in the middle. Arguments: address, directory, cases. */
const [apiUrl = "", directory = "", cases = ""] = process.argv.slice(2);
const suite = suiteOf(Number(cases));
const base = { clock: systemClock, random: Math.random };
const opened = await openJournal({ ...base, files: nodeFiles, directory, suite, target: "bot", batchId: "killed", startedAt: 1, resume: false });
if (!opened.ok) throw new Error(opened.error.detail);
const api = createSimulateApi({ send: createHttp({ ...base, fetch: globalThis.fetch }), apiUrl });
await runBatch({
  ...base,
  suite,
  api,
  journal: opened.value,
  concurrency: 4,
  pollMs: 1,
  maxPolls: 5,
  signal: new AbortController().signal,
  newId: () => "killed",
});
