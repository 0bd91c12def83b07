-- What somebody decided about a conversation. It is kept when the conversation is deleted.
ALTER TABLE conversation ADD COLUMN recv_opt INTEGER NOT NULL DEFAULT 0;  -- TIMReceiveMessageOpt
ALTER TABLE conversation ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;     -- TIMConversationMarkType
ALTER TABLE conversation ADD COLUMN unsaid INTEGER NOT NULL DEFAULT 0;    -- changes which other devices were not told
CREATE INDEX conversation_unsaid ON conversation (id) WHERE unsaid > 0;

-- The place in the list as one number: pinned ones first, then the newest; seconds, then the row.
DROP INDEX conversation_list;
ALTER TABLE conversation DROP COLUMN list_key;
ALTER TABLE conversation ADD COLUMN list_key INTEGER GENERATED ALWAYS AS
  ((is_pinned << 62) | (max (0, min (max (active_time, draft_time), 8589934591)) << 29) | (id & 536870911)) VIRTUAL;
CREATE INDEX conversation_list ON conversation (list_key) WHERE visible = 1;

-- The sum of the unread messages is made of these alone.
CREATE INDEX conversation_unread ON conversation (recv_opt, unread) WHERE visible = 1 AND unread > 0;
