import type { Figure } from "./figure.ts";

/** One measure: how long it may take at most, and what does it. Loaded only in the process that runs it. */
export interface Measure {
  readonly name: string;
  readonly limitSeconds: number;
  /** Takes minutes: run only where it is asked for, by its name or with all. */
  readonly isLong?: true;
  readonly run: () => Promise<readonly Figure[]>;
}

/** Every measure, in the order of the table. The limits are several times what each takes on two cores. */
export const measures: readonly Measure[] = [
  { name: "throughput", limitSeconds: 120, run: async () => (await import("./throughput.ts")).measureThroughput() },
  { name: "latency", limitSeconds: 60, run: async () => (await import("./latency.ts")).measureLatency() },
  { name: "trigger", limitSeconds: 60, run: async () => (await import("./trigger-scale.ts")).measureTriggerScale() },
  { name: "metrics-line", limitSeconds: 60, run: async () => (await import("./metrics-line.ts")).measureMetricsLine() },
  { name: "memory", limitSeconds: 120, run: async () => (await import("./memory.ts")).measureMemory() },
  { name: "round-trip", limitSeconds: 90, run: async () => (await import("./tunnel-round-trip.ts")).measureRoundTrip() },
  { name: "idle", limitSeconds: 180, run: async () => (await import("./tunnel-idle.ts")).measureIdle() },
  { name: "drops", limitSeconds: 90, run: async () => (await import("./tunnel-drops.ts")).measureDrops() },
  { name: "tunnels", limitSeconds: 120, run: async () => (await import("./tunnel-many.ts")).measureMany() },
  { name: "bridge", limitSeconds: 600, run: async () => (await import("./bridge-pace.ts")).measureBridgePace() },
  { name: "bridge-memory", limitSeconds: 600, run: async () => (await import("./bridge-heap.ts")).measureBridgeHeap() },
  { name: "bridge-drops", limitSeconds: 900, isLong: true, run: async () => (await import("./bridge-ordeal.ts")).measureBridgeDrops() },
  { name: "bridge-kills", limitSeconds: 2_400, isLong: true, run: async () => (await import("./bridge-ordeal.ts")).measureBridgeKills() },
  { name: "simulations", limitSeconds: 150, run: async () => (await import("./simulations-pace.ts")).measurePace() },
  { name: "simulations-heap", limitSeconds: 150, run: async () => (await import("./simulations-heap.ts")).measureSimulationsHeap() },
  { name: "suites", limitSeconds: 120, run: async () => (await import("./simulations-parse.ts")).measureParse() },
  { name: "integrations", limitSeconds: 240, run: async () => (await import("./integrations-pace.ts")).measureIntegrationPace() },
  { name: "mapping", limitSeconds: 60, run: async () => (await import("./integrations-mapping.ts")).measureMapping() },
  { name: "breaker", limitSeconds: 60, run: async () => (await import("./integrations-breaker.ts")).measureOpenBreaker() },
  { name: "definitions", limitSeconds: 60, run: async () => (await import("./integrations-definitions.ts")).measureDefinitions() },
  { name: "history", limitSeconds: 600, run: async () => (await import("./history-scale.ts")).measureHistory() },
  { name: "workshop", limitSeconds: 90, run: async () => (await import("./workshop.ts")).measureWorkshop() },
  { name: "painted", limitSeconds: 60, run: async () => (await import("./painted.ts")).measurePainted() },
  { name: "panel", limitSeconds: 90, run: async () => (await import("./panel-bounds.ts")).measurePanelBounds() },
  { name: "simulations-view", limitSeconds: 120, run: async () => (await import("./simulations-view.ts")).measureSimulationsView() },
  { name: "first-panel", limitSeconds: 120, run: async () => (await import("./first-panel.ts")).measureFirstPanel() },
  { name: "idle-program", limitSeconds: 300, isLong: true, run: async () => (await import("./idle-program.ts")).measureIdleProgram() },
  { name: "long-shift", limitSeconds: 1_200, isLong: true, run: async () => (await import("./long-shift.ts")).measureLongShift() },
  { name: "size", limitSeconds: 60, run: async () => (await import("./bundle-size.ts")).measureBundleSize() },
  { name: "ready", limitSeconds: 60, run: async () => (await import("./ready.ts")).measureReady() },
];
