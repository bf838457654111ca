/**
 * The steps from an empty file to today's tables; step n leads to version n + 1 (`PRAGMA user_version`). A step that was
 * released is never changed: add another.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE items (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- How many messages had been taken when it came, itself included: what the window of duplicates goes by.
    taken INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    author TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    communication_id TEXT,
    received_at REAL NOT NULL,
    event_time REAL,
    -- 1: the event does not say that a customer wrote it.
    unsaid INTEGER NOT NULL,
    step TEXT NOT NULL,
    step_at REAL,
    attempts INTEGER,
    fault TEXT,
    reply_id TEXT,
    reply_origin TEXT
  ) STRICT;
  CREATE INDEX items_by_stage ON items (stage, position);

  -- What people said, apart from all else, so that it can be swept: position * 2 for the text of an item, one more for
  -- the reply to it. Nothing here is of an item that is done.
  CREATE TABLE texts (
    key INTEGER PRIMARY KEY,
    text TEXT NOT NULL
  ) STRICT;

  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    communication_id TEXT,
    agent_since REAL,
    -- When something of it was last taken, to within minutes: a row is not written for each message.
    last_at REAL NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_last ON conversations (last_at);

  CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    resume_point REAL,
    taken INTEGER NOT NULL
  ) STRICT;
  INSERT INTO state (one, taken) VALUES (1, 0);
  `,
  `
  -- The rule by which policy stopped the bot's answer, as JSON, for what is with an agent (stage 4).
  ALTER TABLE items ADD COLUMN rule TEXT;
  CREATE INDEX items_with_agents ON items (conversation_id, position) WHERE stage = 4;
  `,
];
