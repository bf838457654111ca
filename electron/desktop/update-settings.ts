/** The section `updates` of the configuration. */
export interface UpdateSettings {
  readonly url: string;
  /** Base64 of 32 bytes. */
  readonly publicKey: string;
  readonly checkHours: number;
  readonly channel: string;
}
