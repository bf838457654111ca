import type { Plugin } from "vite";

const PREFIX = "\0callside:lean-updater:";

/** Parts of electron-updater, and of what it brings along, that our one way of using it never reaches, and what stands in for them. */
const STAND_INS: readonly { readonly source: RegExp; readonly code: string }[] = [
  // Feeds of other servers: ours is checked and read by ourselves.
  ...["GitHub", "PrivateGitHub", "GitLab", "Bitbucket", "Keygen"].map((server) => absent(`/${server}Provider`, `${server}Provider`)),
  // Differences between packages: they are turned off.
  absent("/FileWithEmbeddedBlockMapDifferentialDownloader", "FileWithEmbeddedBlockMapDifferentialDownloader"),
  absent("/GenericDifferentialDownloader", "GenericDifferentialDownloader"),
  // The parser of such servers' feeds.
  absent("sax", "parser"),
  // One YAML parser is in the program already.
  { source: /^js-yaml$/, code: `import { parse } from "yaml"; export const load = parse;` },
  { source: /^debug$/, code: `export default () => Object.assign(() => {}, { enabled: false });` },
];

/** electron-updater and what belongs to it alone. */
const IMPORTERS = /[\\/]node_modules[\\/](electron-updater|builder-util-runtime|fs-extra|jsonfile)[\\/]/;

/**
 * Keeps out of the bundle what electron-updater would only need for other servers and other ways. Whatever is left out throws
 * when it is used, so that an electron-updater that needs it one day is found by the tests of what was built.
 */
export function leanUpdater(): Plugin {
  return {
    name: "callside:lean-updater",
    enforce: "pre",
    resolveId(source, importer) {
      if (importer === undefined || !IMPORTERS.test(importer)) return null;
      // It changes Node's own file system for the whole program.
      if (source === "graceful-fs") return { id: "node:fs", external: true };
      const place = STAND_INS.findIndex((one) => one.source.test(source));
      return place < 0 ? null : `${PREFIX}${place}`;
    },
    load(id) {
      return id.startsWith(PREFIX) ? (STAND_INS[Number(id.slice(PREFIX.length))]?.code ?? null) : null;
    },
  };
}

function absent(source: string, name: string): (typeof STAND_INS)[number] {
  return { source: new RegExp(`${source.startsWith("/") ? "" : "^"}${source}$`), code: `export class ${name} { constructor() { throw new Error("${name} is not in this build"); } }` };
}
