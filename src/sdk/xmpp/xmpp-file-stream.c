/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Belongs to the thread of the pool that sends the file. */
#include "xmpp-file-private.h"

#include "xmpp-transfer-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define XMPP_TYPE_FILE_STREAM (xmpp_file_stream_get_type ())
G_DECLARE_FINAL_TYPE (XmppFileStream, xmpp_file_stream, XMPP, FILE_STREAM, GInputStream)

struct _XmppFileStream
{
  GInputStream parent_instance;

  int fd;
  XmppFileStamp stamp;
  guint64 offset; /* of what is read next */
  guint8 *data;   /* owned: what was read and not handed out yet */
  gsize size;
  gsize position;
};

G_DEFINE_FINAL_TYPE (XmppFileStream, xmpp_file_stream, G_TYPE_INPUT_STREAM)

/* The file must be unchanged before any of it is handed out, so that the last bytes of a changed
 * one never are. */
static gboolean
fill (XmppFileStream *self, GError **error)
{
  gsize wanted = (gsize) MIN (XMPP_FILE_CHUNK, self->stamp.size - self->offset);

  self->position = 0;
  self->size = 0;
  while (self->size < wanted)
    {
      gssize n = pread (self->fd, self->data + self->size, wanted - self->size,
                        (off_t) (self->offset + self->size));

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
      self->size += (gsize) n;
    }
  self->offset += self->size;
  return xmpp_file_verify (self->fd, &self->stamp, error);
}

static gssize
xmpp_file_stream_read (
    GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  XmppFileStream *self = XMPP_FILE_STREAM (stream);
  gsize n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->position == self->size && self->offset < self->stamp.size && !fill (self, error))
    return -1;
  n = MIN (count, self->size - self->position);
  memcpy (buffer, self->data + self->position, n);
  self->position += n;
  return (gssize) n;
}

static void
xmpp_file_stream_finalize (GObject *object)
{
  XmppFileStream *self = XMPP_FILE_STREAM (object);

  g_free (self->data);
  close (self->fd);
  G_OBJECT_CLASS (xmpp_file_stream_parent_class)->finalize (object);
}

static void
xmpp_file_stream_class_init (XmppFileStreamClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xmpp_file_stream_finalize;
  G_INPUT_STREAM_CLASS (class)->read_fn = xmpp_file_stream_read;
}

static void
xmpp_file_stream_init (XmppFileStream *self)
{
  self->data = g_malloc (XMPP_FILE_CHUNK);
}

GInputStream *
xmpp_file_stream_new (int fd, const XmppFileStamp *stamp)
{
  XmppFileStream *self = g_object_new (XMPP_TYPE_FILE_STREAM, NULL);

  self->fd = fd;
  self->stamp = *stamp;
  return G_INPUT_STREAM (self);
}
