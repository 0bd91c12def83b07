/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stream itself is the network thread's; a chunk is filled on a thread of the pool and handed
 * over whole. (A GFileInputStream would change threads for every 8 KiB that libsoup writes.) */
#include "xmpp-file-private.h"

#include "xmpp-transfer-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define XMPP_TYPE_FILE_STREAM (xmpp_file_stream_get_type ())
G_DECLARE_FINAL_TYPE (XmppFileStream, xmpp_file_stream, XMPP, FILE_STREAM, GInputStream)

/* What a thread fills. */
typedef struct
{
  int fd;
  guint64 offset;
  XmppFileStamp stamp;
  guint8 *data;
  gsize size;
} Chunk;

struct _XmppFileStream
{
  GInputStream parent_instance;

  int fd;
  XmppFileStamp stamp;
  guint64 offset; /* of the next chunk to fill */
  Chunk *front;   /* owned, nullable: handed out */
  gsize position; /* in front */
  Chunk *back;    /* owned, nullable: filled, comes next */
  GError *error;  /* owned, nullable: comes after front */
  gboolean is_filling;
  GTask *reader; /* owned, nullable: waits for a chunk */
  gpointer buffer;
  gsize count;
};

G_DEFINE_FINAL_TYPE (XmppFileStream, xmpp_file_stream, G_TYPE_INPUT_STREAM)

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  if (chunk == NULL)
    return;
  g_free (chunk->data);
  g_free (chunk);
}

/* Pool */

/* The file must be unchanged before any of it is handed out, so that the last chunk of a changed
 * one never is. */
static gboolean
fill (Chunk *chunk, GError **error)
{
  gsize wanted = (gsize) MIN (XMPP_FILE_CHUNK, chunk->stamp.size - chunk->offset);

  while (chunk->size < wanted)
    {
      gssize n = pread (chunk->fd, chunk->data + chunk->size, wanted - chunk->size,
                        (off_t) (chunk->offset + chunk->size));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        g_set_error (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_IO,
                     "the file cannot be read: %s", g_strerror (errno));
      if (n == 0)
        g_set_error_literal (error, XMPP_TRANSFER_ERROR, XMPP_TRANSFER_ERROR_FILE_CHANGED,
                             "the file was cut short meanwhile");
      if (n <= 0)
        return FALSE;
      chunk->size += (gsize) n;
    }
  return xmpp_file_verify (chunk->fd, &chunk->stamp, error);
}

static void
run_fill (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (fill (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Network thread */

static void fill_next (XmppFileStream *self);

/* Hands out of front what there is; -1: nothing yet. */
static gssize
take (XmppFileStream *self, gpointer buffer, gsize count)
{
  gsize n;

  if (self->front != NULL && self->position == self->front->size)
    g_clear_pointer (&self->front, chunk_free);
  if (self->front == NULL && self->back != NULL)
    {
      self->front = g_steal_pointer (&self->back);
      self->position = 0;
      fill_next (self);
    }
  if (self->front == NULL)
    return self->error == NULL && self->offset == self->stamp.size && !self->is_filling ? 0 : -1;
  n = MIN (count, self->front->size - self->position);
  memcpy (buffer, self->front->data + self->position, n);
  self->position += n;
  return (gssize) n;
}

static void
answer (XmppFileStream *self, GTask *task, gpointer buffer, gsize count)
{
  gssize n = take (self, buffer, count);

  if (n >= 0)
    g_task_return_int (task, n);
  else if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    {
      self->reader = g_object_ref (task);
      self->buffer = buffer;
      self->count = count;
    }
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XmppFileStream *self = XMPP_FILE_STREAM (source);
  g_autoptr (GTask) reader = g_steal_pointer (&self->reader);
  Chunk *chunk = g_task_get_task_data (G_TASK (result));

  self->is_filling = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &self->error))
    {
      self->back = g_memdup2 (chunk, sizeof *chunk);
      chunk->data = NULL;
      self->offset += self->back->size;
    }
  if (reader != NULL)
    answer (self, reader, self->buffer, self->count);
}

static void
fill_next (XmppFileStream *self)
{
  g_autoptr (GTask) task = NULL;
  Chunk *chunk;

  if (self->is_filling || self->error != NULL || self->offset == self->stamp.size)
    return;
  self->is_filling = TRUE;
  chunk = g_new0 (Chunk, 1);
  *chunk = (Chunk){ .fd = self->fd, .offset = self->offset, .stamp = self->stamp };
  chunk->data = g_malloc (XMPP_FILE_CHUNK);
  task = g_task_new (self, NULL, on_filled, NULL);
  g_task_set_source_tag (task, fill_next);
  g_task_set_task_data (task, chunk, chunk_free);
  g_task_run_in_thread (task, run_fill);
}

static void
xmpp_file_stream_read_async (GInputStream *stream,
                             void *buffer,
                             gsize count,
                             int priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  XmppFileStream *self = XMPP_FILE_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, xmpp_file_stream_read_async);
  g_task_set_priority (task, priority);
  answer (self, task, buffer, count);
}

static gssize
xmpp_file_stream_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static gssize
xmpp_file_stream_read (
    GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  gssize n = take (XMPP_FILE_STREAM (stream), buffer, count);

  if (n < 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "read later");
  return n;
}

static void
xmpp_file_stream_finalize (GObject *object)
{
  XmppFileStream *self = XMPP_FILE_STREAM (object);

  chunk_free (self->front);
  chunk_free (self->back);
  g_clear_error (&self->error);
  close (self->fd);
  G_OBJECT_CLASS (xmpp_file_stream_parent_class)->finalize (object);
}

static void
xmpp_file_stream_class_init (XmppFileStreamClass *class)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = xmpp_file_stream_finalize;
  stream_class->read_fn = xmpp_file_stream_read;
  stream_class->read_async = xmpp_file_stream_read_async;
  stream_class->read_finish = xmpp_file_stream_read_finish;
}

static void
xmpp_file_stream_init (XmppFileStream *self)
{
}

GInputStream *
xmpp_file_stream_new (int fd, const XmppFileStamp *stamp)
{
  XmppFileStream *self = g_object_new (XMPP_TYPE_FILE_STREAM, NULL);

  self->fd = fd;
  self->stamp = *stamp;
  fill_next (self);
  return G_INPUT_STREAM (self);
}
