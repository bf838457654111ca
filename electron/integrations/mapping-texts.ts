import type { Arguments } from "./mapping-arguments.ts";
import { textSteps, type Work } from "./mapping-work.ts";

/** What `trim` takes away unless told otherwise. */
const SPACE = /[\s\u0085]/u;

/** Numbers by size, texts by their code points, which differ from their units above U+FFFF. */
export function compareKeys(one: string | number, other: string | number, work: Work): number {
  work.spend(1);
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [a, b] = [String(one), String(other)];
  const shared = Math.min(a.length, b.length);
  let index = 0;
  while (index < shared && a.charCodeAt(index) === b.charCodeAt(index)) index += 1;
  work.spend(textSteps(index));
  if (index === shared) return a.length - b.length;
  const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
  // Halves of a pair stand above every other character, and below it by their numbers.
  const [leftHalf, rightHalf] = [isHalf(left), isHalf(right)];
  return leftHalf === rightHalf ? left - right : leftHalf ? 1 : -1;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** Where a text stands in another one, between two places where they are given; null where it does not. */
export function findText(given: Arguments, work: Work, which: "first" | "last"): number | null {
  const [subject, wanted] = [given.text(0), given.text(1)];
  const start = given.count > 2 ? place(given, 2) : 0;
  const end = given.count > 3 ? place(given, 3) : subject.length;
  if (subject === "" || wanted === "") return null;
  work.spend(textSteps(subject.length));
  const from = Math.min(Math.max(start, 0), subject.length);
  const part = subject.slice(from, Math.max(from, Math.min(end, subject.length)));
  const found = which === "first" ? part.indexOf(wanted) : part.lastIndexOf(wanted);
  return found === -1 ? null : from + found;
}

function place(given: Arguments, index: number): number {
  const value = given.number(index);
  if (!Number.isInteger(value)) throw given.wrong(index, "a whole number");
  return value;
}

export function padded(given: Arguments, work: Work, side: "left" | "right"): string {
  const text = given.text(0);
  const width = given.countOf(1) ?? 0;
  const filler = given.count > 2 ? given.text(2) : " ";
  if (Array.from(filler.slice(0, 3)).length !== 1) throw given.wrong(2, "one character");
  work.spend(textSteps(width));
  return side === "left" ? text.padStart(width, filler) : text.padEnd(width, filler);
}

/** The first `count` places where a text stands, or all of them. `$&` and the like are plain words. */
export function replaced(given: Arguments, work: Work): string {
  const [text, wanted, by] = [given.text(0), given.text(1), given.text(2)];
  const count = given.countOf(3);
  const parts = cutAt(text, wanted, count, work);
  work.spend(textSteps(text.length + (parts.length - 1) * by.length));
  return parts.join(by);
}

export function split(given: Arguments, work: Work): string[] {
  return cutAt(given.text(0), given.text(1), given.countOf(2), work);
}

function cutAt(text: string, separator: string, count: number | null, work: Work): string[] {
  work.spend(textSteps(text.length));
  if (text === "" && separator === "") return [];
  if (count === 0) return [text];
  // At most as many parts as there are characters: each is paid for before it is made.
  work.spend(separator === "" ? text.length : text.length / separator.length);
  const parts = text.split(separator);
  return count === null || parts.length <= count + 1 ? parts : [...parts.slice(0, count), parts.slice(count).join(separator)];
}

/** Takes white space, or the characters that are given, off the ends. By hand: a pattern that is tied to the end takes time by the square. */
export function cutEnds(given: Arguments, work: Work, sides: { readonly left: boolean; readonly right: boolean }): string {
  const text = given.text(0);
  const chars = given.count > 1 ? given.text(1) : "";
  work.spend(textSteps(text.length + chars.length));
  const set = new Set(chars);
  const goes = (unit: string): boolean => (chars === "" ? SPACE.test(unit) : set.has(unit));
  let start = 0;
  let end = text.length;
  while (sides.left && start < end && goes(text.charAt(start))) start += 1;
  while (sides.right && end > start && goes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
