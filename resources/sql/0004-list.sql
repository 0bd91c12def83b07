-- Kept with the conversation, so that telling of it counts nothing.
ALTER TABLE conversation ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET unread =
  (SELECT count (*) FROM message m WHERE m.conversation = conversation.id AND m.is_read = 0 AND m.is_self = 0);
CREATE TRIGGER message_counted AFTER INSERT ON message WHEN new.is_read = 0 AND new.is_self = 0 BEGIN
  UPDATE conversation SET unread = unread + 1 WHERE id = new.conversation;
END;
CREATE TRIGGER message_uncounted AFTER DELETE ON message WHEN old.is_read = 0 AND old.is_self = 0 BEGIN
  UPDATE conversation SET unread = unread - 1 WHERE id = old.conversation;
END;
CREATE TRIGGER message_recounted AFTER UPDATE OF is_read, is_self, conversation ON message
WHEN (old.is_read = 0 AND old.is_self = 0) IS NOT (new.is_read = 0 AND new.is_self = 0)
  OR old.conversation IS NOT new.conversation BEGIN
  UPDATE conversation SET unread = unread - 1 WHERE id = old.conversation AND old.is_read = 0 AND old.is_self = 0;
  UPDATE conversation SET unread = unread + 1 WHERE id = new.conversation AND new.is_read = 0 AND new.is_self = 0;
END;

-- The place in the list as one number, newest highest: seconds, then the row. A page begins below one.
ALTER TABLE conversation ADD COLUMN list_key INTEGER GENERATED ALWAYS AS
  ((max (0, min (max (active_time, draft_time), 8589934591)) << 30) | (id & 1073741823)) VIRTUAL;
CREATE INDEX conversation_list ON conversation (list_key) WHERE visible = 1;
