import { expect, test } from "vitest";
import { practice } from "./sandbox-client.ts";

test("every reply is dated by the platform's own clock, which need not be the machine's", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  for (const wall of [Date.UTC(2026, 0, 5, 9), Date.UTC(2031, 5, 1, 12, 0, 30)]) {
    clock.setWall(wall);
    const reply = await fetch(sandbox.config().assist.tokenUrl, { method: "POST", body: "{}" });
    expect(Date.parse(reply.headers.get("date") ?? "")).toBe(wall);
    const unknown = await fetch(new URL("/nothing-here", sandbox.config().assist.tokenUrl));
    expect(Date.parse(unknown.headers.get("date") ?? "")).toBe(wall);
  }
});
