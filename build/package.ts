import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeHindrance } from "./check-node.ts";

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}

const { OWN_PART_LIMIT } = await import("./package-content.ts");
const { packagePlatform } = await import("./package-platform.ts");
const { packageApp } = await import("./package-app.ts");

try {
  const { values } = parseArgs({ options: { platform: { type: "string", default: process.platform }, stub: { type: "boolean", default: false } } });
  const platform = packagePlatform(values.platform, "--platform");
  const made = await packageApp({ directory: fileURLToPath(new URL("dist", import.meta.url)), platform, stub: values.stub });
  const lines = [
    `Made ${relative(process.cwd(), made.folder)} for ${made.platform} ${made.stub ? "with a STUB in the place of Electron: it proves the configuration and cannot be run" : "with Electron"}.`,
    `Own part: ${(made.ownPart / 1e6).toFixed(2)} MB in ${made.fileCount} files (allowed: ${(OWN_PART_LIMIT / 1e6).toFixed(0)} MB); nothing in it but what was built.`,
    `Integrity: ${made.integrity}.`,
    "Fuses, read back:",
    ...made.fuses.map((fuse) => `  ${fuse}`),
  ];
  console.log(lines.join("\n"));
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}
