import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Call, CallLine } from "./call.ts";
import { SandboxError } from "./sandbox-error.ts";

/** The part of a file system that reading calls takes. */
export interface CallFiles {
  /** Names of the files in a directory. */
  list(directory: string): Promise<readonly string[]>;
  read(file: string): Promise<string>;
}

const nodeFiles: CallFiles = {
  list: (directory) => readdir(directory),
  read: (file) => readFile(file, "utf8"),
};

/** One line of a call file; further keys (durations, corrections, emotions) are let be. */
const lineSchema = z.object({
  interactionId: z.string().min(1).max(200),
  index: z.number().int().min(1),
  offsetMs: z.number().min(0),
  speaker: z.enum(["agent", "caller", "customer"]),
  text: z.string(),
  sentimentScore: z.number().min(-1).max(1),
});

type FileLine = z.infer<typeof lineSchema>;

/**
 * Reads every `.jsonl` file of `directory` as one call, in order of file names. Where nothing was said (a marker such
 * as `[noise]` alone) the line is left out. Rejects with a SandboxError that lists every problem with file and line.
 */
export async function readCallDirectory(directory: string, files: CallFiles = nodeFiles): Promise<readonly Call[]> {
  const names = await files.list(directory).catch((cause: unknown) => {
    throw new SandboxError([`${directory}: cannot be read (${reason(cause)})`], { cause });
  });
  const callNames = names.filter((name) => name.endsWith(".jsonl")).toSorted();
  if (callNames.length === 0) throw new SandboxError([`${directory}: found no file, allowed: one .jsonl file per call`]);
  const problems: string[] = [];
  const calls: Call[] = [];
  const owners = new Map<string, string>();
  for (const name of callNames) {
    const content = await files.read(join(directory, name)).catch((cause: unknown) => {
      problems.push(`${name}: cannot be read (${reason(cause)})`);
      return null;
    });
    const call = content === null ? null : readCall(name, content, problems);
    if (call === null) continue;
    const owner = owners.get(call.id);
    if (owner !== undefined) problems.push(`${name}:1: interactionId "${call.id}" is taken by ${owner}`);
    owners.set(call.id, name);
    calls.push(call);
  }
  if (problems.length > 0) throw new SandboxError(problems);
  return calls;
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : "unknown reason";
}

function readCall(name: string, content: string, problems: string[]): Call | null {
  const rows = content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((text, at) => ({ text, where: `${name}:${String(at + 1)}` }))
    .filter(({ text }) => text.trim() !== "");
  const lines: FileLine[] = [];
  for (const { text, where } of rows) {
    const line = readLine(text, where, problems);
    if (line === null) continue;
    const before = lines.at(-1);
    if (before !== undefined) problems.push(...contradictions(before, line, where));
    lines.push(line);
  }
  const first = lines[0];
  if (first === undefined) {
    if (rows.length === 0) problems.push(`${name}: is empty, allowed: one JSON object per line`);
    return null;
  }
  return {
    id: first.interactionId,
    channel: "voice",
    queue: "Recorded calls",
    language: "en",
    lines: lines.map(spokenLine).filter((line) => line.text !== ""),
  };
}

function readLine(text: string, where: string, problems: string[]): FileLine | null {
  const value = parsed(text);
  if (value === undefined) {
    problems.push(`${where}: is not valid JSON`);
    return null;
  }
  const line = lineSchema.safeParse(value);
  if (line.success) return line.data;
  problems.push(...line.error.issues.map((issue) => `${where}: ${issue.path.join(".") || "line"}: ${issue.message}`));
  return null;
}

function contradictions(before: FileLine, line: FileLine, where: string): readonly string[] {
  const found: string[] = [];
  if (line.interactionId !== before.interactionId) {
    found.push(`${where}: interactionId: found "${line.interactionId}", allowed: "${before.interactionId}" as above`);
  }
  if (line.index <= before.index) {
    found.push(`${where}: index: found ${String(line.index)}, allowed: more than ${String(before.index)}`);
  }
  if (line.offsetMs < before.offsetMs) {
    found.push(`${where}: offsetMs: found ${String(line.offsetMs)}, allowed: ${String(before.offsetMs)} or more`);
  }
  return found;
}

/** JSON has no `undefined`, so it can stand for what could not be parsed. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function spokenLine({ index, offsetMs, speaker, text, sentimentScore }: FileLine): CallLine {
  const spoken = text.replaceAll(/\[[^\]]*\]/g, " ").replaceAll(/\s+/g, " ").trim();
  return { index, offsetMs, speaker, text: spoken, sentimentScore };
}
