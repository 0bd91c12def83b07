-- Ids of different archives may be equal; a message is found by any of its ids in any conversation.
DROP INDEX message_archive;
CREATE UNIQUE INDEX message_archive ON message (archive_id, conversation) WHERE archive_id IS NOT NULL;
DROP INDEX message_origin;
CREATE INDEX message_origin ON message (origin_id, conversation) WHERE origin_id IS NOT NULL;

-- A receipt or marker looks only at what was not marked yet.
CREATE INDEX message_undelivered ON message (conversation, sort_key) WHERE is_self = 1 AND is_delivered = 0;
CREATE INDEX message_unseen ON message (conversation, sort_key) WHERE is_self = 1 AND is_peer_read = 0;
