import { numberedStep } from "./numbered-step.ts";

/**
 * The steps from an empty file to today's tables; step n leads to version n + 1 (`PRAGMA user_version`). A step that was
 * released is never changed: add another.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE interactions (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    started_at REAL NOT NULL,
    ended_at REAL,
    agent_id TEXT,
    customer_name TEXT,
    channel TEXT,
    queue TEXT,
    -- When something of it was last taken, by our clock: what retention goes by.
    last_at REAL NOT NULL
  ) STRICT;
  CREATE INDEX interactions_by_last ON interactions (last_at);

  CREATE TABLE utterances (
    interaction_id TEXT NOT NULL,
    id TEXT NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    score REAL NOT NULL,
    sequence INTEGER,
    marks TEXT NOT NULL,
    PRIMARY KEY (interaction_id, id)
  ) STRICT;

  -- One row per showing: a fallback and the answer that replaced it are two rows of one set_id.
  CREATE TABLE sets (
    row INTEGER PRIMARY KEY,
    interaction_id TEXT NOT NULL,
    set_id TEXT NOT NULL,
    utterance_id TEXT NOT NULL,
    utterance_at REAL NOT NULL,
    position REAL NOT NULL,
    trigger TEXT NOT NULL,
    origin TEXT NOT NULL,
    replaces TEXT,
    rejudged INTEGER NOT NULL,
    fault TEXT,
    withheld TEXT NOT NULL,
    outcome TEXT NOT NULL,
    policy_version TEXT NOT NULL,
    latency_ms REAL NOT NULL,
    upstream_ms REAL,
    at REAL NOT NULL
  ) STRICT;
  CREATE INDEX sets_by_interaction ON sets (interaction_id);

  CREATE TABLE suggestions (
    set_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (set_row, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE dispositions (
    row INTEGER PRIMARY KEY,
    interaction_id TEXT NOT NULL,
    suggestion_id TEXT NOT NULL,
    disposition TEXT NOT NULL CHECK (disposition IN ('displayed', 'clicked', 'copied', 'sent', 'dismissed', 'helpful', 'not helpful')),
    undone INTEGER NOT NULL,
    at REAL NOT NULL
  ) STRICT;
  CREATE INDEX dispositions_by_interaction ON dispositions (interaction_id, suggestion_id, disposition);
  `,
  `
  CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    suite TEXT NOT NULL,
    started_at REAL NOT NULL,
    summary TEXT NOT NULL,
    -- A batch is written in parts, and seen once the last of them is there.
    complete INTEGER NOT NULL,
    -- By our clock: what retention goes by.
    kept_at REAL NOT NULL
  ) STRICT;
  CREATE INDEX batches_by_suite ON batches (suite, started_at);

  CREATE TABLE batch_cases (
    batch_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    test_case TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (batch_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE baselines (
    suite TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL
  ) STRICT;
  `,
  numberedStep,
  `
  -- Another text after each forgetting, so that whoever copied what is kept here knows that a copy tells of more; '' before the first.
  CREATE TABLE forgettings (mark TEXT NOT NULL) STRICT;
  INSERT INTO forgettings (mark) VALUES ('');
  `,
];
