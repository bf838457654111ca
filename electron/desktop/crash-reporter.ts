import type * as Electron from "electron";

/**
 * Has Electron keep the memory dumps of its processes in `folder` and send them to nobody. Call before the app is ready.
 * They can hold what was said and secrets: nothing of ours reads them, and no export takes them up.
 */
export function startCrashReporter({ app, crashReporter }: Pick<typeof Electron, "app" | "crashReporter">, folder: string): void {
  app.setPath("crashDumps", folder);
  crashReporter.start({ uploadToServer: false, compress: false });
}
