import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeHindrance } from "./check-node.ts";

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}

const { distApp } = await import("./dist-app.ts");
const { publicKeyText, readUpdateKey } = await import("./feed-signing.ts");
const { packagePlatform } = await import("./package-platform.ts");
const { parseStaging } = await import("./signing.ts");

try {
  const { values } = parseArgs({ options: { unsigned: { type: "boolean", default: false }, staging: { type: "string" } } });
  const staging = parseStaging(values.staging);
  if (typeof staging === "string") throw new Error(staging);
  const directory = fileURLToPath(new URL("dist", import.meta.url));
  const made = await distApp({ directory, unsigned: values.unsigned, stagingPercentage: staging, env: process.env, platform: packagePlatform(process.platform, "this system") });
  console.log(`Made in ${relative(process.cwd(), made.folder)}${values.unsigned ? ", UNSIGNED: for tests only, without updates" : ""}:`);
  for (const file of made.files) console.log(`  ${basename(file)}`);
  const key = values.unsigned ? null : readUpdateKey(process.env);
  if (key !== null && typeof key !== "string") console.log(`updates.publicKey: ${publicKeyText(key)}`);
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}
