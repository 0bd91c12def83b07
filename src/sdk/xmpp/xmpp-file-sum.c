/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs on threads of the pool: nothing here is shared. */
#include "xmpp-file-private.h"

#include "xmpp-sha256.h"
#include "xmpp-transfer-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

void
xmpp_file_sum_free (XmppFileSum *sum)
{
  if (sum == NULL)
    return;
  g_free (sum->sha256);
  g_free (sum);
}

void
xmpp_file_set_error (GError **error, int code, int otherwise, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  int kind = otherwise;

  if (code == ENOENT)
    kind = XMPP_TRANSFER_ERROR_FILE_NOT_FOUND;
  else if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    kind = XMPP_TRANSFER_ERROR_DISK_FULL;
  else if (code == EEXIST)
    kind = XMPP_TRANSFER_ERROR_FILE_EXISTS;
  g_set_error (error, XMPP_TRANSFER_ERROR, kind, "%s: %s", name, g_strerror (code));
}

static XmppFileStamp
stamp_of (const struct stat *info)
{
  return (XmppFileStamp){
    .size = (guint64) info->st_size,
    .mtime_ns = (gint64) info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec,
    .inode = (guint64) info->st_ino,
    .device = (guint64) info->st_dev,
  };
}

int
xmpp_file_open (const char *path, XmppFileStamp *ret_stamp, GError **error)
{
  /* A pipe would block for ever. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    xmpp_file_set_error (error, errno, XMPP_TRANSFER_ERROR_FILE_OPEN, path);
  else if (!S_ISREG (info.st_mode))
    xmpp_file_set_error (error, S_ISDIR (info.st_mode) ? EISDIR : EINVAL,
                         XMPP_TRANSFER_ERROR_FILE_OPEN, path);
  else if (info.st_size == 0)
    g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_EMPTY,
                         "the file is empty");
  else
    {
      *ret_stamp = stamp_of (&info);
      return fd;
    }
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
xmpp_file_verify (int fd, const XmppFileStamp *stamp, GError **error)
{
  struct stat info;
  XmppFileStamp now = { 0 };

  if (fstat (fd, &info) == 0)
    now = stamp_of (&info);
  if (now.size == stamp->size && now.mtime_ns == stamp->mtime_ns && now.inode == stamp->inode
      && now.device == stamp->device)
    return TRUE;
  g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_CHANGED,
                       "the file was changed meanwhile");
  return FALSE;
}

static gboolean
sum_up (int fd, const char *path, XmppSha256 *sha256, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (XMPP_FILE_CHUNK);
  gssize n;

  while ((n = read (fd, buffer, XMPP_FILE_CHUNK)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      xmpp_sha256_update (sha256, buffer, (gsize) n);
    }
  if (n < 0)
    xmpp_file_set_error (error, errno, XMPP_TRANSFER_ERROR_FILE_IO, path);
  return n == 0;
}

static XmppFileSum *
make_sum (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (XmppSha256) sha256 = xmpp_sha256_new ();
  g_autoptr (XmppFileSum) sum = g_new0 (XmppFileSum, 1);
  int fd = xmpp_file_open (path, &sum->stamp, error);
  gboolean ok;

  if (fd < 0)
    return NULL;
  ok = sum_up (fd, path, sha256, cancellable, error) && xmpp_file_verify (fd, &sum->stamp, error);
  close (fd);
  if (!ok)
    return NULL;
  sum->sha256 = xmpp_sha256_dup_text (sha256);
  return g_steal_pointer (&sum);
}

static void
run_sum (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  XmppFileSum *sum = make_sum (task_data, cancellable, &error);

  if (sum != NULL)
    g_task_return_pointer (task, sum, (GDestroyNotify) xmpp_file_sum_free);
  else
    g_task_return_error (task, error);
}

void
xmpp_file_sum_async (const char *path,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, xmpp_file_sum_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, run_sum);
}

XmppFileSum *
xmpp_file_sum_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
