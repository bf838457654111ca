/** The sandbox cannot start as asked; `problems` says every reason. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join("\n"), options);
    this.problems = problems;
  }
}
