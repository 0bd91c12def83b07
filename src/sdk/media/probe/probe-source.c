/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe-source.h"

#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE (64 * 1024)

struct _ProbeSource
{
  GstBaseSrc parent;
  int fd;
  guint64 budget; /* bytes that may still be read */
};

G_DEFINE_FINAL_TYPE (ProbeSource, probe_source, GST_TYPE_BASE_SRC)

static gboolean
probe_source_get_size (GstBaseSrc *base, guint64 *size)
{
  struct stat status;

  if (fstat (PROBE_SOURCE (base)->fd, &status) != 0)
    return FALSE;
  *size = (guint64) status.st_size;
  return TRUE;
}

static gboolean
probe_source_is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

static GstFlowReturn
probe_source_fill (GstBaseSrc *base, guint64 offset, guint size, GstBuffer *buffer)
{
  ProbeSource *self = PROBE_SOURCE (base);
  GstMapInfo map;
  gssize n;

  if (size > self->budget)
    return GST_FLOW_EOS;
  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  n = pread (self->fd, map.data, size, (off_t) offset);
  gst_buffer_unmap (buffer, &map);
  if (n <= 0)
    return n == 0 ? GST_FLOW_EOS : GST_FLOW_ERROR;
  self->budget -= (guint64) n;
  gst_buffer_resize (buffer, 0, n);
  return GST_FLOW_OK;
}

static void
probe_source_class_init (ProbeSourceClass *class)
{
  static GstStaticPadTemplate pad
      = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
  GstBaseSrcClass *base = GST_BASE_SRC_CLASS (class);

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (class), &pad);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (class), "Bounded source", "Source",
                                         "Reads an open file", "Linnet");
  base->get_size = probe_source_get_size;
  base->is_seekable = probe_source_is_seekable;
  base->fill = probe_source_fill;
}

static void
probe_source_init (ProbeSource *self)
{
  gst_base_src_set_blocksize (GST_BASE_SRC (self), BLOCK_SIZE);
}

GstElement *
probe_source_new (int fd, guint64 budget)
{
  ProbeSource *self = g_object_new (PROBE_TYPE_SOURCE, NULL);

  self->fd = fd;
  self->budget = budget;
  return GST_ELEMENT (self);
}
