/** The systems that packages are made for, as Node names them. */
export const packagePlatforms = ["linux", "win32", "darwin"] as const;
export type PackagePlatform = (typeof packagePlatforms)[number];

/** The system of a name. Throws, with what is allowed, where packages are not made for it; `from` says where the name was found. */
export function packagePlatform(name: string, from: string): PackagePlatform {
  const found = packagePlatforms.find((one) => one === name);
  if (found === undefined) throw new Error(`${from}: found ${name}, allowed ${packagePlatforms.join(", ")}`);
  return found;
}
