/** Why a mapping gives nothing: `path` is the expression or key at fault, `message` what was found and what is allowed. */
export interface MappingFault {
  readonly path: string;
  readonly message: string;
}
