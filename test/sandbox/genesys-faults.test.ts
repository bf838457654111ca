import { expect, test } from "vitest";
import { dialogFaultTable } from "../../electron/sandbox/dialog-fault-rows.ts";
import { genesysFaultTable } from "../../electron/sandbox/genesys-fault-rows.ts";
import { dialogProofs, type DialogFaultName } from "./dialog-proofs.ts";
import { expectHealthy } from "./genesys-client.ts";
import { genesysProofs, type GenesysFaultName } from "./genesys-proofs.ts";
import { practice } from "./sandbox-client.ts";

const proofs = { ...genesysProofs, ...dialogProofs };
const names = [...Object.keys(genesysFaultTable), ...Object.keys(dialogFaultTable)] as readonly (GenesysFaultName | DialogFaultName)[];

test("every fault of Genesys and of the dialog endpoint has its proof", () => {
  expect(Object.keys(proofs).toSorted()).toEqual([...names].toSorted());
});

test.each(names)("%s does what its row says, and nothing once it is cleared", async (name) => {
  const { sandbox, clock } = await practice({ chats: 0 });
  await using _ = sandbox;
  await expectHealthy(sandbox);
  await proofs[name](sandbox, clock);
  sandbox.setFault(name, null);
  expect(sandbox.faults()).toEqual({});
  await expectHealthy(sandbox);
});
