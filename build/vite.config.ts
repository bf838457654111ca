import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type EnvironmentOptions } from "vite";
import { leanUndici } from "./lean-undici.ts";
import { leanUpdater } from "./lean-updater.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Main and preload run on Electron's Node 24; everything is bundled but Electron itself. */
function nodeEnvironment(input: Readonly<Record<string, string>>, outDir: string, format: "es" | "cjs"): EnvironmentOptions {
  const extension = format === "es" ? "js" : "cjs";
  return {
    consumer: "server",
    resolve: { noExternal: true, external: ["electron"], conditions: ["node", "import", "module", "default"] },
    build: {
      ssr: true,
      target: "node24",
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: format === "es",
      rolldownOptions: {
        input,
        external: ["electron"],
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
          // A sandboxed preload script may not require a second file.
          ...(format === "cjs" ? { codeSplitting: false } : {}),
        },
      },
    },
  };
}

/** One configuration, three environments: the panel (`client`), the main process with the command line, the preload. */
export default defineConfig({
  root: at("../renderer"),
  base: "./",
  publicDir: false,
  plugins: [react(), leanUpdater(), leanUndici()],
  build: { reportCompressedSize: false },
  environments: {
    client: {
      build: {
        target: "chrome140",
        outDir: at("out/renderer"),
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        // The page's policy forbids data: everywhere but in images.
        assetsInlineLimit: 0,
        rolldownOptions: {
          output: {
            // The texts are waited for by the page's first chunk: what they import may not be part of it, or both would wait for ever.
            codeSplitting: { groups: [{ name: "language", test: /renderer\/(?:ui\/format|texts\/(?:language|plural))\.ts$/u }] },
          },
        },
      },
    },
    main: nodeEnvironment(
      {
        main: at("../electron/main.ts"),
        cli: at("../electron/cli.ts"),
        "history-worker": at("../electron/history/history-worker.ts"),
        "history-reader-worker": at("../electron/history/history-reader-worker.ts"),
        "rehearsal-worker": at("../electron/app/rehearsal-worker.ts"),
        "inbox-worker": at("../electron/bridge/inbox-worker.ts"),
      },
      at("out/main"),
      "es",
    ),
    preload: nodeEnvironment({ preload: at("../electron/preload.ts") }, at("out/preload"), "cjs"),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
