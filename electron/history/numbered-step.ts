/**
 * Version 3: rows get numbers that tell their interaction (`row-number.ts`), what was said, suggested and known can be
 * searched (FTS5, its index overwritten on deletion as the rows are), and what the overview counts stands in rows of its
 * own: `outcomes` (one per suggestion that something was done with), `set_triggers`, `set_withheld`.
 */
export const numberedStep = `
  CREATE TABLE interactions_3 (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    started_at REAL NOT NULL,
    ended_at REAL,
    agent_id TEXT,
    customer_name TEXT,
    channel TEXT,
    queue TEXT,
    -- When something of it was last taken, by our clock: what retention goes by.
    last_at REAL NOT NULL,
    -- How much was said, and the customer's mean score in the first and the last fifth of it; right unless stale.
    said INTEGER NOT NULL DEFAULT 0,
    sentiment_start REAL,
    sentiment_end REAL,
    stale INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  INSERT INTO interactions_3 (id, status, started_at, ended_at, agent_id, customer_name, channel, queue, last_at)
    SELECT id, status, started_at, ended_at, agent_id, customer_name, channel, queue, last_at FROM interactions ORDER BY started_at, rowid;

  CREATE TABLE utterances_3 (
    row INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    id TEXT NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL,
    score REAL NOT NULL,
    sequence INTEGER,
    marks TEXT NOT NULL,
    UNIQUE (interaction, id)
  ) STRICT;
  INSERT INTO utterances_3 (row, interaction, id, speaker, text, at, score, sequence, marks)
    SELECT i.row * 1048576 + row_number() OVER (PARTITION BY i.row ORDER BY u.rowid) - 1, i.row, u.id, u.speaker, u.text, u.at, u.score, u.sequence, u.marks
    FROM utterances u JOIN interactions_3 i ON i.id = u.interaction_id;

  CREATE TABLE sets_3 (
    row INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
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
    at REAL NOT NULL,
    -- The last showing of its set id.
    current INTEGER NOT NULL,
    -- How many of its suggestions each thing was done with, and how many policy withheld; right unless the interaction is stale.
    displayed INTEGER NOT NULL DEFAULT 0,
    copied INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0,
    used INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    helpful INTEGER NOT NULL DEFAULT 0,
    not_helpful INTEGER NOT NULL DEFAULT 0,
    dropped INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO sets_3 (row, interaction, set_id, utterance_id, utterance_at, position, trigger, origin, replaces, rejudged,
      fault, withheld, outcome, policy_version, latency_ms, upstream_ms, at, current)
    SELECT s.row, i.row, s.set_id, s.utterance_id, s.utterance_at, s.position, s.trigger, s.origin, s.replaces, s.rejudged,
      s.fault, s.withheld, s.outcome, s.policy_version, s.latency_ms, s.upstream_ms, s.at,
      s.row = (SELECT max(row) FROM sets WHERE interaction_id = s.interaction_id AND set_id = s.set_id)
    FROM sets s JOIN interactions_3 i ON i.id = s.interaction_id;

  CREATE TABLE suggestions_3 (
    row INTEGER PRIMARY KEY,
    set_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (set_row, position)
  ) STRICT;
  INSERT INTO suggestions_3
    SELECT s.interaction * 1048576 + row_number() OVER (PARTITION BY s.interaction ORDER BY set_row, g.position) - 1,
      g.set_row, g.position, g.id, g.text, g.confidence, g.source
    FROM suggestions g JOIN sets_3 s ON s.row = g.set_row;

  CREATE TABLE dispositions_3 (
    row INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    suggestion_id TEXT NOT NULL,
    disposition TEXT NOT NULL CHECK (disposition IN ('displayed', 'clicked', 'copied', 'sent', 'dismissed', 'helpful', 'not helpful')),
    undone INTEGER NOT NULL,
    at REAL NOT NULL
  ) STRICT;
  INSERT INTO dispositions_3 SELECT d.row, i.row, d.suggestion_id, d.disposition, d.undone, d.at
    FROM dispositions d JOIN interactions_3 i ON i.id = d.interaction_id;

  -- What stands of what an agent did with one suggestion, and the last showing that it was in.
  CREATE TABLE outcomes (
    row INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    suggestion_id TEXT NOT NULL,
    set_row INTEGER,
    displayed INTEGER NOT NULL DEFAULT 0,
    clicked INTEGER NOT NULL DEFAULT 0,
    copied INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    helpful INTEGER NOT NULL DEFAULT 0,
    not_helpful INTEGER NOT NULL DEFAULT 0,
    UNIQUE (interaction, suggestion_id)
  ) STRICT;
  INSERT INTO outcomes (interaction, suggestion_id, set_row, displayed, clicked, copied, sent, dismissed, helpful, not_helpful)
    SELECT last.interaction, last.suggestion_id,
      (SELECT max(s.row) FROM sets_3 s JOIN suggestions_3 g ON g.set_row = s.row WHERE s.interaction = last.interaction AND g.id = last.suggestion_id),
      max(disposition = 'displayed' AND undone = 0), max(disposition = 'clicked' AND undone = 0), max(disposition = 'copied' AND undone = 0),
      max(disposition = 'sent' AND undone = 0), max(disposition = 'dismissed' AND undone = 0), max(disposition = 'helpful' AND undone = 0),
      max(disposition = 'not helpful' AND undone = 0)
    FROM (SELECT interaction, suggestion_id, disposition, undone, max(row) FROM dispositions_3 GROUP BY interaction, suggestion_id, disposition) AS last
    GROUP BY last.interaction, last.suggestion_id;

  CREATE TABLE set_triggers (set_row INTEGER NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (set_row, kind, words)) STRICT, WITHOUT ROWID;
  INSERT INTO set_triggers
    SELECT DISTINCT s.row, 'keyword', m.value ->> 'keyword' FROM sets_3 s, json_each(s.trigger, '$.matches') m WHERE s.trigger ->> 'kind' = 'keyword'
    UNION SELECT row, 'sentiment', '' FROM sets_3 WHERE trigger ->> 'kind' = 'sentiment';

  CREATE TABLE set_withheld (set_row INTEGER NOT NULL, rule TEXT NOT NULL, words TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (set_row, rule, words)) STRICT, WITHOUT ROWID;
  INSERT INTO set_withheld
    SELECT s.row, w.value ->> 'rule', coalesce(w.value ->> 'phrase', w.value ->> 'reason', ''), count(*) FROM sets_3 s, json_each(s.withheld) w GROUP BY 1, 2, 3;

  DROP TABLE suggestions;
  DROP TABLE sets;
  DROP TABLE utterances;
  DROP TABLE dispositions;
  DROP TABLE interactions;
  ALTER TABLE interactions_3 RENAME TO interactions;
  ALTER TABLE utterances_3 RENAME TO utterances;
  ALTER TABLE sets_3 RENAME TO sets;
  ALTER TABLE suggestions_3 RENAME TO suggestions;
  ALTER TABLE dispositions_3 RENAME TO dispositions;
  CREATE INDEX interactions_by_last ON interactions (last_at);
  CREATE INDEX interactions_by_start ON interactions (started_at);
  CREATE INDEX interactions_stale ON interactions (row) WHERE stale = 1;
  CREATE INDEX sets_by_interaction ON sets (interaction, set_id);
  -- Holds all that the overview asks of a set, so that it never goes to the rows, which are wide.
  CREATE INDEX sets_by_time ON sets (at, current, interaction, origin, rejudged, outcome, latency_ms, displayed, copied, sent, used, dismissed, helpful, not_helpful, dropped);
  CREATE INDEX dispositions_by_interaction ON dispositions (interaction, suggestion_id, disposition);
  CREATE INDEX outcomes_by_set ON outcomes (set_row);

  CREATE VIRTUAL TABLE said USING fts5 (text, content = 'utterances', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  CREATE VIRTUAL TABLE advised USING fts5 (text, content = 'suggestions', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  CREATE VIRTUAL TABLE known USING fts5 (id, customer_name, queue, content = 'interactions', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  -- What is deleted leaves the index for good, not only its sight.
  INSERT INTO said (said, rank) VALUES ('secure-delete', 1);
  INSERT INTO advised (advised, rank) VALUES ('secure-delete', 1);
  INSERT INTO known (known, rank) VALUES ('secure-delete', 1);
  INSERT INTO said (said) VALUES ('rebuild');
  INSERT INTO advised (advised) VALUES ('rebuild');
  INSERT INTO known (known) VALUES ('rebuild');

  CREATE TRIGGER utterances_added AFTER INSERT ON utterances BEGIN
    INSERT INTO said (rowid, text) VALUES (new.row, new.text);
  END;
  CREATE TRIGGER utterances_gone AFTER DELETE ON utterances BEGIN
    INSERT INTO said (said, rowid, text) VALUES ('delete', old.row, old.text);
  END;
  CREATE TRIGGER utterances_changed AFTER UPDATE OF text ON utterances WHEN old.text <> new.text BEGIN
    INSERT INTO said (said, rowid, text) VALUES ('delete', old.row, old.text);
    INSERT INTO said (rowid, text) VALUES (new.row, new.text);
  END;
  CREATE TRIGGER suggestions_added AFTER INSERT ON suggestions BEGIN
    INSERT INTO advised (rowid, text) VALUES (new.row, new.text);
  END;
  CREATE TRIGGER suggestions_gone AFTER DELETE ON suggestions BEGIN
    INSERT INTO advised (advised, rowid, text) VALUES ('delete', old.row, old.text);
  END;
  CREATE TRIGGER interactions_added AFTER INSERT ON interactions BEGIN
    INSERT INTO known (rowid, id, customer_name, queue) VALUES (new.row, new.id, new.customer_name, new.queue);
  END;
  CREATE TRIGGER interactions_gone AFTER DELETE ON interactions BEGIN
    INSERT INTO known (known, rowid, id, customer_name, queue) VALUES ('delete', old.row, old.id, old.customer_name, old.queue);
  END;
  CREATE TRIGGER interactions_changed AFTER UPDATE OF customer_name, queue ON interactions
    WHEN old.customer_name IS NOT new.customer_name OR old.queue IS NOT new.queue BEGIN
    INSERT INTO known (known, rowid, id, customer_name, queue) VALUES ('delete', old.row, old.id, old.customer_name, old.queue);
    INSERT INTO known (rowid, id, customer_name, queue) VALUES (new.row, new.id, new.customer_name, new.queue);
  END;
`;
