import { fileURLToPath } from "node:url";
import { createBuilder } from "vite";

/** Builds the main process and the preload script, and gives the main process's file. Rejects with Vite's words. */
export async function buildMain(): Promise<string> {
  const builder = await createBuilder({ configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)), logLevel: "warn" });
  for (const name of ["main", "preload"]) {
    const environment = builder.environments[name];
    if (environment === undefined) throw new Error(`the Vite configuration has no environment ${name}`);
    await builder.build(environment);
  }
  return fileURLToPath(new URL("out/main/main.js", import.meta.url));
}
