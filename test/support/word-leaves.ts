/** One text of a catalogue, or one that values are put into, by its path. */
export interface Leaf {
  readonly path: string;
  readonly value: string | ((...values: readonly never[]) => unknown);
}

/** Every text of a catalogue. */
export function leavesOf(catalogue: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (typeof catalogue === "string" || typeof catalogue === "function") return [{ path: path.join("."), value: catalogue as Leaf["value"] }];
  if (typeof catalogue !== "object" || catalogue === null) throw new Error(`${path.join(".")}: no text`);
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) => leavesOf(value, [...path, key]));
}

/** What stands for each value that is put in: as every kind of value that catalogues take, with a mark to be found again. */
const samples: Readonly<Record<string, readonly unknown[]>> = {
  "health.historySize": [12_000],
  "health.historyOdd": [12_000],
  "health.auditWhole": [7, 4_000],
  "health.noFile": [["«one»"]],
  "health.fileRead": [["«one»"]],
  "health.fileMissing": [["«one»"]],
  "health.folderFree": [500_000_000],
  "health.folderFilling": [50_000_000],
  "health.clockBehind": [40_000],
  "health.clockAhead": [40_000],
  "health.tokenAccepted": [["«scope»"], 3_600_000],
  "health.addresses": [2],
  "health.certificateEnds": ["«issuer»", "«until»", 400_000_000],
  "health.opening": [4_000],
  "health.open": [{ openMs: 4_000, heardMs: 2_000, latencyMs: 12 }],
  "health.late": [{ openMs: 4_000, heardMs: 2_000, latencyMs: 12 }],
  "health.channel": [{ openMs: 4_000, heardMs: null, latencyMs: null }, "«status»"],
  "health.probe": [{ openMs: 4_000, heardMs: 2_000, latencyMs: 12 }],
  "health.degradedLate": [{ openMs: 4_000, heardMs: 2_000, latencyMs: 12 }],
  "health.eventsMissed": [{ openMs: 4_000, heardMs: 2_000, latencyMs: 12 }, 3],
  "kept.writtenAgain": ["audit", 3],
  "kept.notWritten": ["audit", "«detail»", 3],
  "kept.notOpened": ["log", "«detail»"],
  "rules.configMistakes": [["«one»", "«two»"], 2],
  "rules.machinePolicy": [["«one»", "«two»"], 2, { isUnknown: true, keptAt: "«at»" }],
  "rules.phraseList": ["«detail»", true],
  "bridge.slow": ["bot", 1_400, 1_000],
  "webhooks.unsigned": [2, "«secret»"],
  "webhooks.well": ["«host»", 2],
  "webhooks.closed": ["«host»", 2],
  "integrations.well": ["«host»", 2],
  "integrations.damaged": [["«one»", "«two»"], 4],
  "standing.connectedIn": [12],
  "standing.validating": [2],
  "standing.connecting": ["tunnel", 2],
  "standing.reconnecting": ["bridge", 2],
  "standing.checking": ["stream"],
  "standing.closed": ["tunnel"],
  "standing.refused": ["bridge"],
  "standing.conversations": [2],
  "standing.conversationsAndWaiting": [2, 3],
  "alerts.sentimentFell": [-0.25],
  "report.fault": [{ kind: "transport", code: "timeout", detail: "«detail»" }],
  "report.figure": [1_200],
  "report.amount": ["1.5", "«unit»"],
  "report.reasons.passedRuns": [2, 3],
  "report.turn.title": [2],
  "report.turn.turns": [2],
  "report.turn.more": [2],
  "report.title": [2, 3],
  "report.figures.ofCases": [2],
  "report.figures.broken": [2],
  "report.figures.ofFlows": [2, 3],
  "report.cases.passed": [2],
  "report.cases.waiting": [2],
  "report.cases.met": [2],
  "report.aside.trend": [2],
  "report.aside.hits": [2],
  "report.aside.moreNames": [2],
  "report.aside.moreBars.flow": [2],
  "report.aside.moreBars.intent": [2],
  "report.aside.moreBars.name": [2],
  "report.trend.label": [2, "«from»", "«to»"],
  "report.trend.passed": ["«time»", 2, 3],
  "report.trend.part": [2, 3],
  "problems.values.list": [2],
  "problems.values.number": [2],
  "problems.values.text": [2_000, true],
  "problems.hazards.manyValues": [2],
  "problems.hazards.tooDeep": [2],
  "problems.hazards.manyKeys": [2, 3],
  "problems.hazards.more": [2],
  "problems.suite.tooMany": [2],
  "problems.suite.at": [2, 3],
  "problems.suite.longId": [2, 3],
  "problems.rule": ["text that is not empty"],
  "changes.refused": ["tunnel", { what: "«what»", cause: "«cause»", remedy: "«remedy»" }],
};

/** What a text says: itself, or all that it is made of with values put in. */
export function saidBy({ path, value }: Leaf): readonly string[] {
  if (typeof value === "string") return [value];
  const values = samples[path] ?? ["«a»", "«b»", "«c»"];
  const said: unknown = value(...(values as readonly never[]));
  return leavesOf(said).map((leaf) => String(leaf.value));
}
