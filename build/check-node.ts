const NODE_MAJOR = 24;

/** Says what to do where this is not the Node that the program runs on; gives null where it is. */
export function nodeHindrance(version: string): string | null {
  const major = Number(version.replace(/^v/, "").split(".")[0]);
  if (major === NODE_MAJOR) return null;
  return `Callside runs on Node ${NODE_MAJOR}, this is ${version}. Run "npm ci" (it brings Node ${NODE_MAJOR} along) and start with npm.`;
}
