import { expect, test } from "vitest";
import { createFaultBoard, faultTable, parseFault, type FaultName } from "../../electron/sandbox/faults.ts";

const examples: Record<FaultName, readonly [good: string, bad: string]> = {
  latency: ["800", "-1"],
  "late-reply": ["0", "soon"],
  "429": ["date:30", "tomorrow"],
  "500": ["0.25", "1.5"],
  timeout: ["1", "yes"],
  cut: ["0", "2"],
  "huge-reply": ["on", "off"],
  "bad-suggestions": ["on", "1"],
  html: ["on", ""],
  empty: ["on", "no"],
  drop: ["now", "later"],
  "drop-now": ["now", "0.5"],
  stall: ["on", "0.5"],
  malformed: ["0.1", "."],
  oversized: ["1", "1e9"],
  binary: ["1", "NaN"],
  deep: ["1", "-0.1"],
  "bad-score": ["0.5", "0,5"],
  duplicates: ["0.3", "30%"],
  "out-of-order": ["1", "on"],
  foreign: ["3", "1.5"],
  replay: ["10", "1001"],
  "expired-tokens": ["60", "0"],
  "refuse-token": ["403", "418"],
  "missing-scope": ["dialog:read", "two scopes"],
  upgrade: ["503", "200"],
  "token-form": ["opaque", "jwt"],
  "tunnel-upgrade": ["429", "500"],
  "tunnel-refuse": ["no seat is free", ""],
  "tunnel-wrong-type": ["on", "now"],
  "tunnel-mute": ["on", "1"],
  "tunnel-handshake": ["12000", "1.5"],
  "tunnel-connected-twice": ["on", "2"],
  "tunnel-not-json": ["on", "html"],
  "tunnel-no-pong": ["now", "0.5"],
  "tunnel-latency": ["42", "slow"],
  "tunnel-push": ["3", "-1"],
  "tunnel-late-reply": ["9999", "late"],
  "tunnel-double-reply": ["on", "2"],
  "tunnel-refuse-refresh": ["on", "yes"],
  "tunnel-no-refresh-reply": ["on", "never"],
  "tunnel-channel": ["draining", "two words"],
  "tunnel-no-probe-reply": ["on", "no"],
  "tunnel-sessions": ["50", "1001"],
  "tunnel-drop": ["0.2", "on"],
  "tunnel-close": ["4429", "1004"],
  "bot-inactive": ["on", "paused"],
  "bot-channels": ["voice,sms", "voice,"],
  "bot-check": ["timeout", "503"],
  "sim-latency": ["1500", "slow"],
  "sim-429": ["3", "date:3"],
  "sim-500": ["0.2", "2"],
  "sim-503": ["1", "on"],
  "sim-lost": ["0.1", "now"],
  "sim-endless": ["1", "yes"],
  "sim-no-turns": ["on", "1"],
  "sim-no-intent": ["on", "all"],
  "sim-no-entities": ["on", "empty"],
  "sim-random": ["0.5", "1.5"],
  "sim-info": ["403", "404"],
  "sim-entities": ["malformed", "none"],
  "sim-simulate": ["401", "500"],
  "sim-down": ["on", "now"],
  "genesys-upgrade": ["503", "404"],
  "genesys-drop": ["0.02", "on"],
  "genesys-stall": ["now", "0.5"],
  "genesys-replay": ["50", "1001"],
  "genesys-duplicates": ["0.1", "twice"],
  "genesys-gaps": ["0.1", "1.1"],
  "genesys-backwards": ["0.1", "-1"],
  "genesys-renumber": ["now", "1"],
  "genesys-malformed": ["1", "on"],
  "genesys-other-events": ["0.5", "2"],
  "genesys-number-ids": ["on", "1"],
  "genesys-no-direction": ["on", "inbound"],
  "genesys-clock-skew": ["-90000", "600001"],
  "genesys-html": ["on", "1"],
  "genesys-control": ["on", "yes"],
  "genesys-huge-body": ["0.01", "1MB"],
  "genesys-reply-429": ["2", "date:2"],
  "genesys-reply-400": ["0.1", "400"],
  "genesys-reply-500": ["0.1", "500"],
  "genesys-reply-timeout": ["0.1", "now"],
  "genesys-reply-lost": ["0.1", "on"],
  "genesys-reply-late": ["7000", "late"],
  "genesys-reply-latency": ["800", "-1"],
  "genesys-read-back": ["timeout", "404"],
  "genesys-rate-limit": ["120", "0"],
  "dialog-latency": ["900", "slow"],
  "dialog-429": ["1", "10000"],
  "dialog-500": ["0.05", "5%"],
  "dialog-timeout": ["0.05", "on"],
  "dialog-lost": ["0.05", "2"],
  "dialog-key": ["401", "500"],
  "dialog-answer": ["array", "text"],
  "dialog-html": ["on", "1"],
  "register-refuse": ["403", "404"],
  "register-timeout": ["on", "1"],
  "orders-latency": ["250", "slow"],
  "orders-429": ["date:5", "now"],
  "orders-500": ["0.1", "500"],
  "orders-502": ["0.1", "on"],
  "orders-503": ["0.1", "2"],
  "orders-504": ["0.1", "-1"],
  "orders-timeout": ["0.1", "now"],
  "orders-hang-up": ["1", "yes"],
  "orders-key": ["401", "500"],
  "orders-redirect": ["metadata", "elsewhere"],
  "orders-reply": ["bomb", "xml"],
  "orders-certificate": ["wrong-name", "old"],
  "hooks-latency": ["6000", "late"],
  "hooks-500": ["0.5", "500"],
};

test.each(["1000", "1001", "1003", "1005", "1006", "1012", "1014", "3000", "4000", "4999"])("tunnel-close takes %s", (code) => {
  expect(parseFault(`tunnel-close=${code}`).ok).toBe(true);
});

test.each(["999", "1004", "1015", "1999", "2999", "5000", "40000", "4401x"])("tunnel-close refuses %s, which no close frame may bear", (code) => {
  expect(parseFault(`tunnel-close=${code}`).ok).toBe(false);
});


test.each(Object.keys(faultTable) as FaultName[])("%s takes what its row allows and says so otherwise", (name) => {
  const [good, bad] = examples[name];
  expect(parseFault(`${name}=${good}`)).toEqual({ ok: true, value: { name, value: good } });
  const refused = parseFault(`${name}=${bad}`);
  expect(refused.ok).toBe(false);
  if (refused.ok) return;
  expect(refused.error).toContain(`found "${bad}"`);
  expect(refused.error).toContain(faultTable[name].allowed);
});

test("a name alone means on, where the fault can be on", () => {
  expect(parseFault("html")).toEqual({ ok: true, value: { name: "html", value: "on" } });
  expect(parseFault("drop-now").ok).toBe(true);
  expect(parseFault("latency").ok).toBe(false);
});

test("an unknown name is told with all that are known, also where objects inherit it", () => {
  for (const name of ["flood", "constructor", "__proto__", ""]) {
    const refused = parseFault(`${name}=1`);
    expect(refused.ok).toBe(false);
    if (!refused.ok) for (const known of Object.keys(faultTable)) expect(refused.error).toContain(known);
  }
});

test("a share strikes as often as it says; 0 and nothing never do", () => {
  const numbers = [0.1, 0.6, 0.29, 0.9, 0.3];
  let at = 0;
  const board = createFaultBoard(() => numbers[at++ % numbers.length] ?? 0, () => undefined);
  expect(numbers.map(() => board.strikes(0.3))).toEqual([true, false, true, false, false]);
  expect(board.strikes(0)).toBe(false);
  expect(board.strikes(undefined)).toBe(false);
});

test("moments are told and not kept, states are kept until they are cleared", () => {
  const moments: string[] = [];
  const board = createFaultBoard(() => 0, (name, value) => moments.push(`${name} ${value}`));
  board.set({ name: "drop", value: "now" });
  board.set({ name: "drop-now", value: "on" });
  board.set({ name: "stall", value: "on" });
  board.set({ name: "drop", value: "0.5" });
  board.set({ name: "tunnel-close", value: "1012" });
  board.set({ name: "genesys-renumber", value: "on" });
  expect(moments).toEqual(["drop now", "drop-now on", "tunnel-close 1012", "genesys-renumber on"]);
  expect(board.settings).toEqual({ stall: "on", drop: "0.5" });
  expect(board.values).toEqual({ stall: "on", drop: 0.5 });
  board.clear("stall");
  expect(board.settings).toEqual({ drop: "0.5" });
});

test("who asked is told when what is set has changed, and finds it changed", () => {
  const seen: unknown[] = [];
  const board = createFaultBoard(
    () => 0,
    () => undefined,
    () => seen.push({ ...board.values }),
  );
  board.set({ name: "drop", value: "now" });
  board.set({ name: "orders-certificate", value: "expired" });
  board.clear("orders-certificate");
  expect(seen).toEqual([{ "orders-certificate": "expired" }, {}]);
});
