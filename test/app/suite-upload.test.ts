import { expect, test } from "vitest";
import { createSuiteUpload } from "../../electron/app/suite-upload.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const part = (number: number, text: string, more: { readonly name?: string; readonly parts?: number } = {}) => ({ name: "suite.yaml", part: number, parts: 3, text, ...more });

test("parts in their order make the file", () => {
  const clock = createFakeClock();
  using upload = createSuiteUpload(clock);
  expect(upload.take(part(0, "a"))).toEqual({ ok: true, value: null });
  expect(upload.take(part(1, "b"))).toEqual({ ok: true, value: null });
  expect(upload.take(part(2, "c"))).toEqual({ ok: true, value: { name: "suite.yaml", text: "abc" } });
  expect(clock.pending()).toBe(0);
  expect(upload.take(part(2, "c")).ok).toBe(false);
});

test("the first part begins anew, whatever came before", () => {
  using upload = createSuiteUpload(createFakeClock());
  upload.take(part(0, "old"));
  upload.take(part(0, "x", { name: "other.csv", parts: 2 }));
  expect(upload.take(part(1, "y", { name: "other.csv", parts: 2 }))).toEqual({ ok: true, value: { name: "other.csv", text: "xy" } });
});

test.each([
  ["that skips one", part(2, "c"), "expected: part 1 of 3"],
  ["that comes twice", part(0, "a", { parts: 1 }), null],
  ["of another file", part(1, "b", { name: "other.yaml" }), "expected: part 1 of 3"],
  ["of another number of parts", part(1, "b", { parts: 2 }), "expected: part 1 of 3"],
])("a part %s is refused, and the upload forgotten", (_, second, words) => {
  using upload = createSuiteUpload(createFakeClock());
  upload.take(part(0, "a"));
  const taken = upload.take(second);
  if (words === null) {
    expect(taken).toEqual({ ok: true, value: { name: "suite.yaml", text: "a" } });
    return;
  }
  expect(taken).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.stringContaining(words) } });
  expect(upload.take(part(1, "b"))).toMatchObject({ ok: false, error: { detail: expect.stringContaining("expected: part 0") } });
});

test("a part beyond its own number of parts is refused", () => {
  using upload = createSuiteUpload(createFakeClock());
  upload.take(part(0, "a", { parts: 1 }));
  expect(upload.take(part(1, "b", { parts: 1 })).ok).toBe(false);
});

test("what is too large is refused as soon as it is, counted in bytes, and forgotten", () => {
  const clock = createFakeClock();
  using upload = createSuiteUpload(clock, 1_000_000);
  expect(upload.take(part(0, "ü".repeat(400_000))).ok).toBe(true);
  expect(upload.take(part(1, "ü".repeat(200_000)))).toMatchObject({ ok: false, error: { detail: expect.stringContaining("1 MB") } });
  expect(clock.pending()).toBe(0);
});

test("an upload that was left half-way is forgotten after a minute", async () => {
  const clock = createFakeClock();
  using upload = createSuiteUpload(clock);
  upload.take(part(0, "a"));
  await clock.advance(59_000);
  expect(upload.take(part(1, "b")).ok).toBe(true);
  await clock.advance(61_000);
  expect(upload.take(part(2, "c")).ok).toBe(false);
  expect(clock.pending()).toBe(0);
});
