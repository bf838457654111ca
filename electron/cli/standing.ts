import type { Environment } from "../config/environment.ts";

/**
 * Where the person stands. npm runs a script in the project's folder and leaves the person's own in INIT_CWD; the
 * variable is passed on to everything that npm starts, so it counts only where the script is one of ours.
 */
export function standingFolder(env: Environment, cwd: string): string {
  const folder = env["INIT_CWD"];
  return folder !== undefined && isOwnScript(env) ? folder : cwd;
}

/** What a person types to start the program, by the script that it was started from: a checkout has npm's scripts. */
export function programName(script: string | undefined): string {
  return script?.endsWith(".ts") === true ? "npm run -s callside --" : "callside";
}

/** Whether npm's shell stands between the program and whoever ends it; Windows has no such shell. */
export function diesWithStarter(env: Environment, platform: NodeJS.Platform): boolean {
  return platform !== "win32" && isOwnScript(env);
}

function isOwnScript(env: Environment): boolean {
  return ["callside", "start", "dev"].includes(env["npm_lifecycle_event"] ?? "");
}
