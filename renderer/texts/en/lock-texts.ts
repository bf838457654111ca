/** About settings that cannot be changed here, and who decides them. */
export const lockTexts = {
  machine: "Set by IT for this computer.",
  machineBecause: (reason: string): string => `Set by IT for this computer: ${reason}`,
  environment: (variable: string): string => `Set by the variable ${variable} when the program was started.`,
  flag: (flag: string): string => `Set by ${flag} when the program was started.`,
} as const;
