/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe-still.h"

#include "probe-picture.h"
#include "probe-pipeline.h"

#include <gst/video/video.h>
#include <string.h>

#define BUDGET (64 * 1024 * 1024)
#define POSITION_MS 1000 /* films often begin black */

typedef struct
{
  ProbePipeline pipe;
  GstElement *sink; /* borrowed, nullable */
} Still;

static void
on_pad (GstElement *parser, GstPad *pad, gpointer user_data)
{
  static const char *const elements[] = { "videoconvert", NULL };
  Still *self = user_data;
  g_autofree char *family = probe_pipeline_dup_family (pad);

  if (self->sink == NULL && (g_str_equal (family, "video") || g_str_equal (family, "image")))
    self->sink
        = probe_pipeline_add_decoder (pad, self->pipe.pipeline, elements, "video/x-raw,format=RGB");
}

/* Returns: (transfer full) (nullable): with square pixels */
static GdkPixbuf *
pixbuf_from_frame (const GstVideoFrame *frame)
{
  guint width = (guint) GST_VIDEO_FRAME_WIDTH (frame);
  guint height = (guint) GST_VIDEO_FRAME_HEIGHT (frame);
  const GstVideoInfo *video = &frame->info;
  guint64 shown = video->par_n > 0 && video->par_d > 0
                      ? (guint64) width * (guint) video->par_n / (guint) video->par_d
                      : width;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (!probe_picture_may_decode (width, height) || !probe_picture_may_decode (shown, height))
    return NULL;
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  if (pixbuf == NULL)
    return NULL;
  for (guint y = 0; y < height; y++)
    memcpy (gdk_pixbuf_get_pixels (pixbuf) + y * (gsize) gdk_pixbuf_get_rowstride (pixbuf),
            (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, 0)
                + y * (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0),
            3 * (gsize) width);
  if (shown == width)
    return g_steal_pointer (&pixbuf);
  return gdk_pixbuf_scale_simple (pixbuf, (int) shown, (int) height, GDK_INTERP_BILINEAR);
}

static GdkPixbuf *
pixbuf_from_sample (GstSample *sample)
{
  GstVideoInfo video;
  GstVideoFrame frame;
  GdkPixbuf *pixbuf;

  if (!gst_video_info_from_caps (&video, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &video, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  pixbuf = pixbuf_from_frame (&frame);
  gst_video_frame_unmap (&frame);
  return pixbuf;
}

/* Returns: (transfer full) (nullable) */
static GstSample *
pull (Still *self)
{
  GstSample *sample = NULL;

  if (self->sink != NULL)
    g_signal_emit_by_name (self->sink, "try-pull-preroll", probe_pipeline_rest (&self->pipe),
                           &sample);
  return sample;
}

/* The frame at the position, or the first. (transfer full) (nullable) */
static GstSample *
take_frame (Still *self, guint64 position_ms)
{
  g_autoptr (GstSample) first = pull (self);
  GstSample *sample = NULL;

  if (first != NULL && position_ms > 0
      && gst_element_seek_simple (self->pipe.pipeline, GST_FORMAT_TIME,
                                  GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT,
                                  (gint64) position_ms * GST_MSECOND)
      && probe_pipeline_wait (&self->pipe, GST_MESSAGE_ASYNC_DONE))
    sample = pull (self);
  return sample != NULL ? sample : g_steal_pointer (&first);
}

/* Returns: (transfer full) (nullable) */
static GdkPixbuf *
try_still (guint64 position_ms)
{
  Still self = { 0 };
  g_autoptr (GstSample) sample = NULL;
  GdkPixbuf *pixbuf;

  probe_pipeline_init (&self.pipe, BUDGET, G_CALLBACK (on_pad), &self);
  gst_element_set_state (self.pipe.pipeline, GST_STATE_PAUSED);
  if (probe_pipeline_wait (&self.pipe, GST_MESSAGE_ASYNC_DONE))
    sample = take_frame (&self, position_ms);
  pixbuf = sample != NULL ? pixbuf_from_sample (sample) : NULL;
  probe_pipeline_clear (&self.pipe);
  return pixbuf;
}

void
probe_still (const ProbeRequest *request, guint orientation, ImMediaInfo *info)
{
  guint64 position_ms = MIN (POSITION_MS, info->duration_ms / 3);
  g_autoptr (GdkPixbuf) pixbuf = try_still (position_ms);
  g_autoptr (GdkPixbuf) upright = NULL;

  if (pixbuf == NULL) /* once in thousands of times, of a good film, too */
    pixbuf = try_still (position_ms);
  if (pixbuf != NULL)
    upright = probe_picture_turn (pixbuf, orientation);
  if (upright != NULL)
    probe_picture_derive (request, upright, info);
}
