/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE /* renameat2 */
/* A part belongs to one download, which calls it from one thread of the pool at a time. */
#include "xmpp-file-private.h"

#include "xmpp-sha256.h"
#include "xmpp-transfer-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct _XmppPart
{
  char *path; /* owned */
  int fd;
  guint64 size;
  XmppSha256 *sum; /* owned, nullable: not wanted */
};

char *
xmpp_http_dup_part_path (const char *path)
{
  return g_strconcat (path, ".part", NULL);
}

void
xmpp_part_free (XmppPart *part)
{
  if (part == NULL)
    return;
  if (part->fd >= 0)
    close (part->fd);
  g_clear_pointer (&part->sum, xmpp_sha256_free);
  g_free (part->path);
  g_free (part);
}

guint64
xmpp_part_get_size (const XmppPart *part)
{
  return part->size;
}

char *
xmpp_part_dup_sha256 (const XmppPart *part)
{
  return part->sum != NULL ? xmpp_sha256_dup_text (part->sum) : NULL;
}

static gboolean
set_error (const XmppPart *part, GError **error)
{
  xmpp_file_set_error (error, errno, XMPP_TRANSFER_ERROR_FILE_IO, part->path);
  return FALSE;
}

/* Only when somebody compares it. */
static void
add_to_sum (XmppPart *part, const guint8 *data, gsize size)
{
  if (part->sum != NULL)
    xmpp_sha256_update (part->sum, data, size);
}

static gboolean
sum_up (XmppPart *part, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (XMPP_FILE_CHUNK);

  for (;;)
    {
      gssize n = pread (part->fd, buffer, XMPP_FILE_CHUNK, (off_t) part->size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_error (part, error);
      if (n == 0)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      add_to_sum (part, buffer, (gsize) n);
      part->size += (guint64) n;
    }
}

static gboolean
take_hold (XmppPart *part, GError **error)
{
  struct stat info;

  /* A link could lead anywhere. */
  part->fd = g_open (part->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  if (part->fd < 0 || fstat (part->fd, &info) != 0)
    {
      xmpp_file_set_error (error, errno, XMPP_TRANSFER_ERROR_FILE_OPEN, part->path);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      xmpp_file_set_error (error, EINVAL, XMPP_TRANSFER_ERROR_FILE_OPEN, part->path);
      return FALSE;
    }
  if (flock (part->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_BUSY,
                           "another download writes to this file");
      return FALSE;
    }
  return TRUE;
}

XmppPart *
xmpp_part_open (const char *path,
                gboolean resume,
                gboolean wants_sum,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (XmppPart) part = g_new0 (XmppPart, 1);

  part->fd = -1;
  part->path = xmpp_http_dup_part_path (path);
  part->sum = wants_sum ? xmpp_sha256_new () : NULL;
  if (!take_hold (part, error))
    return NULL;
  if (!(resume ? sum_up (part, cancellable, error) : xmpp_part_restart (part, error)))
    return NULL;
  return g_steal_pointer (&part);
}

gboolean
xmpp_part_restart (XmppPart *part, GError **error)
{
  if (ftruncate (part->fd, 0) != 0)
    return set_error (part, error);
  part->size = 0;
  if (part->sum != NULL)
    xmpp_sha256_reset (part->sum);
  return TRUE;
}

static gboolean
write_at_end (XmppPart *part, const guint8 *data, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = pwrite (part->fd, data + done, size - done, (off_t) (part->size + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

gboolean
xmpp_part_append (XmppPart *part, const guint8 *data, gsize size, GError **error)
{
  if (!write_at_end (part, data, size))
    {
      set_error (part, error);
      if (ftruncate (part->fd, (off_t) part->size) != 0)
        g_debug ("%s: cannot be cut back", part->path);
      return FALSE;
    }
  add_to_sum (part, data, size);
  part->size += size;
  return TRUE;
}

/* Not every file system can rename without replacing, or link. */
static gboolean
rename_unless_there (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (link (from, to) == 0)
    return unlink (from) == 0;
  if (errno == EEXIST)
    return FALSE;
  if (g_access (to, F_OK) != 0)
    return g_rename (from, to) == 0;
  errno = EEXIST;
  return FALSE;
}

gboolean
xmpp_part_finish (XmppPart *part, const char *path, gboolean overwrite, GError **error)
{
  /* Nothing is forced to the disk: it would take longer than most networks, and can be fetched
   * again. */
  gboolean ok
      = overwrite ? g_rename (part->path, path) == 0 : rename_unless_there (part->path, path);
  if (!ok)
    xmpp_file_set_error (error, errno, XMPP_TRANSFER_ERROR_FILE_IO, path);
  return ok;
}

void
xmpp_part_discard (XmppPart *part)
{
  g_unlink (part->path);
}
