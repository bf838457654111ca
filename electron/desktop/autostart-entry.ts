/** Says that the entry is ours; one without is never touched. */
const MARK = "X-Callside-Autostart";

/** What stands in the file of a desktop that starts programs with the session. */
export type AutostartEntry =
  | { readonly kind: "none" }
  /** Somebody else put it there. */
  | { readonly kind: "foreign" }
  /** `disabled`: the desktop's own settings switched it off, without removing it. */
  | { readonly kind: "ours"; readonly disabled: boolean };

/** Reads the file; null: there is none. */
export function readAutostartEntry(text: string | null): AutostartEntry {
  if (text === null) return { kind: "none" };
  const keys = new Map(
    text.split(/\r?\n/u).flatMap((line) => {
      const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/u.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
  if (keys.get(MARK) !== "true") return { kind: "foreign" };
  return { kind: "ours", disabled: keys.get("Hidden") === "true" || keys.get("X-GNOME-Autostart-enabled") === "false" };
}

/**
 * The file that starts the program, hidden, with the person's session (freedesktop.org, Desktop Entry and Desktop
 * Application Autostart). Null where the path is one that such a file cannot hold.
 */
export function autostartEntry(executable: string): string | null {
  const exec = quoteExec(executable);
  if (exec === null) return null;
  return ["[Desktop Entry]", "Type=Application", "Version=1.0", "Name=Callside", "Comment=The panel at your side", `Exec=${exec} --hidden`, "Terminal=false", "StartupNotify=false", "X-GNOME-Autostart-enabled=true", `${MARK}=true`, ""].join("\n");
}

/**
 * A path as the first word of `Exec`: in quotation marks, with a backslash before what a shell would read in them, each
 * backslash doubled once more because the value is a string of the file, and `%` doubled because it begins a field code.
 * Null for what the specification rules out: an equals sign, and whatever would end the line.
 */
function quoteExec(path: string): string | null {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (path === "" || /[=\u0000-\u001f\u007f]/u.test(path)) return null;
  const quoted = path.replaceAll(/["`$\\]/gu, String.raw`\$&`);
  return `"${quoted.replaceAll("\\", String.raw`\\`).replaceAll("%", "%%")}"`;
}
