import { describe, expect, it } from "vitest";
import { createHealthActions } from "../../renderer/health-actions.ts";
import { healthAsText } from "../../renderer/health/health-as-text.ts";
import { lineWords, subjectWords, tookWords } from "../../renderer/health/health-words.ts";
import type { Bridge } from "../../renderer/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import { err, ok } from "../../shared/result.ts";
import { allLines, bad, checkFault, good, healthMoments, line } from "../support/health-fixture.ts";

const NOW = Date.UTC(2026, 2, 4, 9, 30);

describe("a subject in one line", () => {
  it("tells how many are good and what they took together", () => {
    expect(subjectWords(allLines().filter(({ subject }) => subject === "tunnel"))).toBe("6 checks good, 273 ms");
    expect(subjectWords([line("program", "version", good())])).toBe("1 check good");
  });

  it("counts each outcome, trouble first, where they are not all good", () => {
    const mixed = [line("assist", "name", good("", 4)), line("assist", "reach", bad(checkFault("network"), 5_000)), line("assist", "token", { kind: "skipped", why: "" })];
    expect(subjectWords(mixed)).toBe("1 failed, 1 good, 1 not tried");
  });

  it("tells how far it is while it is under way, and trouble at once", () => {
    const waiting = line("assist", "reach", { kind: "waiting" });
    expect(subjectWords([waiting, waiting])).toBe("waiting");
    expect(subjectWords([line("assist", "name", { kind: "running" }), waiting])).toBe("0 of 2 checked");
    expect(subjectWords([line("assist", "name", good()), waiting])).toBe("1 of 2 checked");
    expect(subjectWords([line("assist", "name", bad(checkFault("network"))), line("assist", "reach", good()), waiting])).toBe("1 failed, 2 of 3 checked");
  });
});

describe("the time of a check", () => {
  it("has the unit that is read at a glance, and never claims to be none", () => {
    expect([0, 0.4, 1, 41.6, 999, 1_000, 12_345].map(tookWords)).toEqual(["under 1 ms", "under 1 ms", "1 ms", "42 ms", "999 ms", "1.0 s", "12.3 s"]);
  });
});

describe("a failed line", () => {
  it("says what, why and what to do as the error table does", () => {
    const fault = checkFault("rate-limited", "the quota is used up", { retryAfterMs: 30_000 });
    const { what, cause, remedy } = describeFault(fault);
    expect(lineWords(line("assist", "token", bad(fault)))).toEqual({ found: `${what} ${cause}`, remedy });
  });
});

describe("the page as text", () => {
  it("tells the answer, why, what to do, and every check by subject", () => {
    const text = healthAsText(healthMoments.refused(NOW));
    expect(text.split("\n").slice(0, 6)).toEqual([
      "Callside: what is wrong",
      "Checked at 2026-03-04T09:30:00.000Z",
      "",
      "The platform does not accept the credentials (Agent assist)",
      "The client id or secret is wrong, or the token has expired or been withdrawn. Found: the token endpoint answered 401.",
      "Ask your administrator to check the client id and secret in the platform's console and here, then retry.",
    ]);
    expect(text).toContain("\n\nRuntime tunnel\n[Good] Finding the server's address (api.cognigy.example:443): 4 ms, 203.0.113.7\n");
    expect(text).toContain("[Not tried] Live connection: the check before failed");
    for (const { target } of allLines()) expect(text).toContain(target ?? "");
  });

  it("tells the other problems, and of doubt what to do", () => {
    expect(healthAsText(healthMoments.several(NOW))).toContain("\nAlso: The platform cannot be reached (Genesys bridge)\nAlso: A file could not");
    expect(healthAsText(healthMoments.doubtful(NOW))).toContain("behind the platform's\nLet the system set its time by itself.\n");
  });

  it("says of a run that is not over what was found so far", () => {
    const text = healthAsText({ ...healthMoments.refused(NOW), state: "running" });
    expect(text).toContain("Checking everything\nFound so far: The platform does not accept the credentials (Agent assist)\n");
  });
});

describe("what can be asked of main", () => {
  function acting(fault?: Fault) {
    const calls: (readonly [string, unknown])[] = [];
    const give: Bridge["call"] = async (name, input) => {
      calls.push([name, input]);
      return fault === undefined ? ok({ file: "/tmp/diagnostics.json" } as never) : err(fault);
    };
    return { actions: createHealthActions(give), calls };
  }

  it("is to run, to stop, and to write the file, whose path comes back", async () => {
    const { actions, calls } = acting();
    await actions.check();
    await actions.stop();
    expect(await actions.exportDiagnostics()).toEqual(ok("/tmp/diagnostics.json"));
    expect(calls).toEqual([
      ["health.check", {}],
      ["health.stop", {}],
      ["diagnostics.export", {}],
    ]);
  });

  it("gives a refusal back to who asked", async () => {
    const full = checkFault("disk", "no space left");
    expect(await acting(full).actions.exportDiagnostics()).toEqual(err(full));
  });
});
