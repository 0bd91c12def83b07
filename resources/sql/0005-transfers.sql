-- Files of ours that the server has: not sent again while it keeps them.
CREATE TABLE upload (
  sha256 TEXT    NOT NULL,
  size   INTEGER NOT NULL,
  name   TEXT    NOT NULL,
  type   TEXT    NOT NULL,                -- as the server was told
  url    TEXT    NOT NULL,
  time   INTEGER NOT NULL,                -- seconds, when it was sent
  PRIMARY KEY (sha256, size, name, type)
) WITHOUT ROWID;

-- Files that have come in part: what the part beside the path is of, and how the server calls that state of it.
CREATE TABLE download (
  path      TEXT    PRIMARY KEY,
  url       TEXT    NOT NULL,
  validator TEXT    NOT NULL,             -- ETag or Last-Modified
  time      INTEGER NOT NULL              -- seconds, when it was begun
) WITHOUT ROWID;
