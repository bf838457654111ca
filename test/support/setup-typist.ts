import { join } from "node:path";
import { createSetupDesk } from "../../electron/app/setup-desk.ts";
import { createDraftFile } from "../../electron/app/setup-draft.ts";
import { createSetupSecrets } from "../../electron/app/setup-secrets.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openVault } from "../../electron/vault/open-vault.ts";
import { fileStore } from "./file-store.ts";

// A process of its own in which somebody sets up connections, to be killed after any step. Argument: the folder. Each line
// says how many steps main has acknowledged.
const [folder = ""] = process.argv.slice(2);
const config = await openConfig({ file: { path: join(folder, "callside.config.json"), required: false }, env: {}, flags: [], dataFolder: folder, cwd: folder, clock: systemClock, watch: false });
if (!config.ok) throw new Error("the configuration cannot be opened");
const vault = openVault({ env: {}, keyStore: fileStore(join(folder, "key-store.json")), why: null, clock: systemClock });
const desk = createSetupDesk({
  clock: systemClock,
  env: {},
  config: config.value,
  draft: createDraftFile({ files: nodeFiles, folder }),
  secrets: createSetupSecrets({ env: {}, vault: async () => vault, put: (name, value) => vault.put(name, value) }),
  mode: () => "live",
  switchTo: async () => ({ ok: true, value: null }),
  tryOut: async () => ({ kind: "untried" }),
  publish: () => {},
  onBug: (bug) => {
    throw bug;
  },
});
const steps = [
  () => desk.show("connect"),
  () => desk.enter({ system: "assist", fields: [{ key: "orgDomain", value: "org.example" }] }),
  () => desk.secret({ name: "COGNIGY_CLIENT_SECRET", value: "s3cr3t-of-a-client\n" }),
  () => desk.enter({ system: "tunnel", fields: [{ key: "tenant", value: "acme" }, { key: "botId", value: "b-1" }] }),
  () => desk.save("assist"),
  () => desk.leave("panel"),
];
for (const [index, step] of steps.entries()) {
  const done = await step();
  if (!done.ok) throw new Error(done.error.detail);
  process.stdout.write(`${index + 1}\n`);
  // Time for the one who kills.
  await new Promise((resolve) => process.stdin.once("data", resolve));
}
