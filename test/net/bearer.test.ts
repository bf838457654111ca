import { expect, test } from "vitest";
import { bearerAuthorization } from "../../electron/net/bearer.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fault } from "../../shared/fault.ts";

const signal = new AbortController().signal;

test("renews the token that the connection used, not one that came later or was never given", async () => {
  const answers: Result<string, Fault>[] = [ok("first"), err({ kind: "transport", code: "timeout", detail: "" }), ok("second")];
  const renewed: string[] = [];
  const bearer = bearerAuthorization({
    token: async () => answers.shift() ?? ok("none left"),
    renew: (rejected) => {
      renewed.push(rejected);
    },
  });
  bearer.renewAuthorization();
  expect(renewed).toEqual([]);
  await expect(bearer.authorize(signal)).resolves.toEqual(ok({ authorization: "Bearer first" }));
  await expect(bearer.authorize(signal)).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
  bearer.renewAuthorization();
  await bearer.authorize(signal);
  bearer.renewAuthorization();
  expect(renewed).toEqual(["first", "second"]);
});
