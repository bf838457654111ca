import { expect, test } from "vitest";
import { simulateFaultTable } from "../../electron/sandbox/simulate-fault-rows.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { practice } from "./sandbox-client.ts";
import { ask, finish } from "./simulate-client.ts";
import { simulateProofs, type SimulateFaultName } from "./simulate-proofs.ts";

const names = Object.keys(simulateFaultTable) as readonly SimulateFaultName[];

test("every fault of simulations has its proof", () => {
  expect(Object.keys(simulateProofs).toSorted()).toEqual([...names].toSorted());
});

test.each(names)("%s does what its row says, and nothing once it is cleared", async (name) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await expectHealthy(sandbox, clock);
  await simulateProofs[name](sandbox, clock);
  sandbox.setFault(name, null);
  expect(sandbox.faults()).toEqual({});
  await expectHealthy(sandbox, clock);
});

/** All that a healthy platform does, and nothing beside it. */
async function expectHealthy(sandbox: Sandbox, clock: FakeClock): Promise<void> {
  expect((await ask(sandbox, "/info")).status).toBe(200);
  expect((await ask(sandbox, "/entities")).body).toHaveLength(7);
  expect(await finish(sandbox, clock, "I would like to return the kettle")).toEqual({
    simulationId: expect.stringMatching(/^sim-\d+$/) as unknown,
    status: "completed",
    turns: [
      {
        turnIndex: 0,
        flowId: "flow_returns",
        intent: "return_item",
        intentScore: expect.any(Number) as unknown,
        entities: { product: "kettle" },
        output: "You can return the kettle within thirty days. I have made a return label for it.",
      },
    ],
  });
}
