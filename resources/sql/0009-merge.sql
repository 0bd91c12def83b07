-- The pieces of the index of words are merged by the indexer, a little at a time, and never inside a commit; only when very
-- many lie on one level, which it prevents, FTS5 does it itself.
INSERT INTO message_text (message_text, rank) VALUES ('automerge', 0);
INSERT INTO message_text (message_text, rank) VALUES ('usermerge', 8);
INSERT INTO message_text (message_text, rank) VALUES ('crisismerge', 64);

-- Messages that claim the sum of a file.
CREATE INDEX message_file ON message (id) WHERE instr (json, '_linnet_sha256"') > 0;
