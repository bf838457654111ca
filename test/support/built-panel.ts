import * as fs from "node:fs/promises";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "../../build/build-renderer.ts";
import { readStaticFiles, type StaticFiles } from "../../electron/host/static-files.ts";

/** The panel as it is shipped, built first where the sources have changed. */
export async function builtPanel(): Promise<StaticFiles> {
  if (!(await rendererIsFresh())) await buildRenderer();
  const built = await readStaticFiles(rendererDirectory, fs);
  if (!built.ok) throw new Error(built.error.detail);
  return built.value;
}
