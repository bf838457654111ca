/** The trigger that a line must fire: the keywords in order, or falling sentiment. */
export type ExpectedTrigger = readonly string[] | "sentiment";

/** One set that must come: the line's number within its call, and why. In order of speech. */
export type ExpectedSet = readonly [line: number, trigger: ExpectedTrigger];

/** The practice calls, with the sandbox's own keywords. Calls that are not named must bring nothing. */
export const practiceSets: Readonly<Record<string, readonly ExpectedSet[]>> = {
  "charged-twice": [[5, ["refund"]], [9, ["refund", "cancel"]], [13, ["refund"]]],
  "leaving-for-cheaper": [[2, ["cancel"]], [12, ["cancel"]]],
  "evening-outages": [[2, "sentiment"], [6, "sentiment"], [8, "sentiment"], [9, ["escalate"]]],
  "parcel-in-the-rain": [
    [7, "sentiment"],
    [8, ["complaint"]],
    [11, "sentiment"],
    [13, ["refund"]],
    [15, ["complaint"]],
  ],
  "nobody-came": [[8, "sentiment"], [10, "sentiment"], [11, "sentiment"], [13, "sentiment"]],
  "doppelt-abgebucht": [[4, "sentiment"], [6, ["Erstattung"]], [8, "sentiment"], [10, ["kündige"]]],
  "mudanza-sin-fibra": [[6, "sentiment"], [7, ["reembolso"]], [9, ["queja"]], [11, ["cancel"]]],
  "fee-that-stays": [[7, ["complaint"]], [11, "sentiment"]],
  "leaking-machine": [[8, ["refund"]]],
  "gym-membership": [[3, ["cancel"]], [5, ["cancel"]], [8, ["refund"]]],
  "verlassenes-paket": [[5, "sentiment"], [6, ["beschweren"]]],
  "roaming-shock": [[6, "sentiment"], [7, "sentiment"], [9, ["escalate"]]],
  "zapatos-pequenos": [[7, "sentiment"], [8, ["reclamación"]]],
};

/** What a bank listens for. */
export const bankKeywords = ["card", "transfer", "statement", "password", "appointment", "bill", "branch", "account", "phone number", "address"];

/** The eleven real calls with the bank's keywords, by what their lines say. */
export const bankSets: Readonly<Record<string, readonly ExpectedSet[]>> = {
  "0002f70f7386445b": [[6, ["card"]], [10, ["card"]], [13, ["card"]]],
  "004860b1ab2e4c88": [[4, ["card"]], [10, ["card"]]],
  "00d676d7058c49bb": [[3, ["transfer", "account"]]],
  "00f7dce6fc3849a2": [[3, ["card"]], [5, ["card"]]],
  "01cefd6f5c044a6f": [[4, ["password"]], [6, ["password"]]],
  "01f7ec3700424bc0": [[2, ["branch"]]],
  "020e48edcf0940a4": [[5, ["transfer", "account"]], [10, ["account"]], [12, ["account"]]],
  "0224c92b64d144d4": [[5, ["password"]], [11, ["phone number"]]],
  "034a32d3b6e4435a": [[2, ["bill"]], [8, ["bill"]], [12, ["address"]], [21, ["bill"]]],
  "03a17cc36d474151": [[2, ["bill"]], [9, ["address"]], [19, ["bill"]]],
  a7ccc3379af44b9f: [[2, ["appointment"]]],
};
