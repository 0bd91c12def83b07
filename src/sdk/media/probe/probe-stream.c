/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe-stream.h"

#include "im-media-answer.h"
#include "probe-loudness.h"
#include "probe-picture.h"
#include "probe-pipeline.h"
#include "probe-still.h"

#include <string.h>

#define BUDGET (64 * 1024 * 1024) /* bytes that are read to describe a file */
#define LEAST_BITS_PER_S 32       /* a file that claims to need less does not know its duration */

static const char *const plugins[] = {
  "coreelements",
  "typefindfunctions",
  "playback",
  "isomp4",
  "matroska",
  "avi",
  "ogg",
  "flv",
  "wavparse",
  "aiff",
  "asf",
  "mpegpsdemux",
  "mpegtsdemux",
  "id3demux",
  "apetag",
  "audioparsers",
  "videoparsersbad",
  "opusparse",
  "vorbis",
  "theora",
};
static const char *const decoders[] = {
  "app",           "videoconvertscale",
  "videoconvert",  "audioconvert",
  "audioresample", "vpx",
  "jpeg",          "png",
  "openh264",      "dav1d",
  "aom",           "de265",
  "libav",         "opus",
  "flac",          "mpg123",
  "wavpack",       "speex",
  "alaw",          "mulaw",
  "adpcmdec",      "amrnb",
  "amrwbdec",      "fdkaac",
  "faad",
};

typedef struct
{
  ProbePipeline pipe;
  gboolean has_video;
  gboolean has_audio;
  guint width;
  guint height;
  guint orientation; /* as in EXIF */
  gint64 end_ns;     /* of the last buffer that was seen; under the pipeline's lock */
} Discovery;

static void
load_plugins (const char *const *names, guint n_names, char **folders)
{
  for (guint i = 0; i < n_names; i++)
    for (guint j = 0; folders[j] != NULL; j++)
      {
        g_autofree char *file = g_strdup_printf ("libgst%s.so", names[i]);
        g_autofree char *path = g_build_filename (folders[j], file, NULL);
        g_autoptr (GstPlugin) plugin = gst_plugin_load_file (path, NULL);

        if (plugin != NULL)
          break;
      }
}

/* A runtime with extensions (Flatpak) says where they are. (transfer full) */
static char **
dup_folders (void)
{
  const char *path = g_getenv ("GST_PLUGIN_SYSTEM_PATH_1_0");

  if (path == NULL)
    path = g_getenv ("GST_PLUGIN_SYSTEM_PATH");
  return g_strsplit (path != NULL && *path != '\0' ? path : PROBE_GST_PLUGINS_DIR,
                     G_SEARCHPATH_SEPARATOR_S, 16);
}

gboolean
probe_stream_prepare (const ProbeRequest *request)
{
  g_auto (GStrv) folders = dup_folders ();

  /* No registry: it would load everything there is. No code that is generated at run time. */
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_PLUGIN_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_1_0", "/dev/null/registry", TRUE);
  g_setenv ("ORC_CODE", "backup", TRUE);
  gst_registry_fork_set_enabled (FALSE);
  if (!gst_init_check (NULL, NULL, NULL))
    return FALSE;
  load_plugins (plugins, G_N_ELEMENTS (plugins), folders);
  if (probe_request_wants_pixels (request) || request->loudness)
    load_plugins (decoders, G_N_ELEMENTS (decoders), folders);
  if (probe_request_wants_pixels (request))
    probe_picture_prepare (NULL);
  return TRUE;
}

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  Discovery *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (probe);
  gint64 end = (gint64) GST_BUFFER_PTS (buffer);

  if (GST_BUFFER_PTS_IS_VALID (buffer) && GST_BUFFER_DURATION_IS_VALID (buffer))
    end += (gint64) GST_BUFFER_DURATION (buffer);
  GST_OBJECT_LOCK (self->pipe.pipeline);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    self->end_ns = MAX (self->end_ns, end);
  GST_OBJECT_UNLOCK (self->pipe.pipeline);
  return GST_PAD_PROBE_OK;
}

/* Each stream waits in a queue of its own: one that has what is wanted must not hold up the other.
 */
static void
on_pad (GstElement *parser, GstPad *pad, gpointer user_data)
{
  Discovery *self = user_data;
  GstElement *queue = gst_element_factory_make ("queue", NULL);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autofree char *family = probe_pipeline_dup_family (pad);
  g_autoptr (GstPad) queue_pad = NULL;
  g_autoptr (GstPad) sink_pad = NULL;

  if (queue == NULL || sink == NULL)
    return;
  g_object_set (queue, "max-size-bytes", BUDGET, "max-size-buffers", 0, "max-size-time",
                (guint64) 0, NULL);
  /* A stream that says something only now and then must not be waited for. */
  g_object_set (sink, "sync", FALSE, "async", !g_str_equal (family, "text"), NULL);
  gst_bin_add_many (GST_BIN (self->pipe.pipeline), queue, sink, NULL);
  gst_element_link (queue, sink);
  gst_element_sync_state_with_parent (sink);
  gst_element_sync_state_with_parent (queue);
  sink_pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (sink_pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, self, NULL);
  queue_pad = gst_element_get_static_pad (queue, "sink");
  gst_pad_link (pad, queue_pad);
}

/* "rotate-90", "flip-rotate-0" … as EXIF's number. */
static guint
orientation_from_tag (const char *tag)
{
  static const char *const names[]
      = { "rotate-0",        "flip-rotate-0", "rotate-180",     "flip-rotate-180",
          "flip-rotate-270", "rotate-90",     "flip-rotate-90", "rotate-270" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (tag, names[i]) == 0)
      return i + 1;
  return 1;
}

/* The stream's, or the container's. */
static guint
find_orientation (GstPad *pad)
{
  guint orientation = 1;

  for (guint i = 0;; i++)
    {
      g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_TAG, i);
      g_autofree char *tag = NULL;
      GstTagList *tags;

      if (event == NULL)
        return orientation;
      gst_event_parse_tag (event, &tags);
      if (gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &tag))
        orientation = orientation_from_tag (tag);
    }
}

static void
take_video (Discovery *self, GstPad *pad, const GstStructure *caps)
{
  int width = 0, height = 0, above = 1, below = 1;
  guint64 shown;

  gst_structure_get_int (caps, "width", &width);
  gst_structure_get_int (caps, "height", &height);
  gst_structure_get_fraction (caps, "pixel-aspect-ratio", &above, &below);
  self->has_video = TRUE;
  if (width <= 0 || height <= 0 || width > IM_MEDIA_MAX_SIDE || height > IM_MEDIA_MAX_SIDE
      || self->width > 0)
    return;
  shown = above > 0 && below > 0 ? (guint64) width * (guint) above / (guint) below : (guint) width;
  self->width = (guint) CLAMP (shown, 1, IM_MEDIA_MAX_SIDE);
  self->height = (guint) height;
  self->orientation = find_orientation (pad);
}

static void
take_pad (const GValue *item, gpointer user_data)
{
  Discovery *self = user_data;
  GstPad *pad = g_value_get_object (item);
  g_autofree char *family = probe_pipeline_dup_family (pad);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (g_str_equal (family, "audio"))
    self->has_audio = TRUE;
  if (caps != NULL && (g_str_equal (family, "video") || g_str_equal (family, "image")))
    take_video (self, pad, gst_caps_get_structure (caps, 0));
}

static void
take_pads (Discovery *self)
{
  GstIterator *sinks = gst_bin_iterate_sinks (GST_BIN (self->pipe.pipeline));
  GValue item = G_VALUE_INIT;

  while (gst_iterator_next (sinks, &item) == GST_ITERATOR_OK)
    {
      GstIterator *pads = gst_element_iterate_sink_pads (g_value_get_object (&item));

      gst_iterator_foreach (pads, take_pad, self);
      gst_iterator_free (pads);
      g_value_reset (&item);
    }
  g_value_unset (&item);
  gst_iterator_free (sinks);
}

/* Elementary streams have no index: their frames are counted. */
static gboolean
has_no_index (const ImMediaType *type)
{
  return g_str_equal (type->mime_type, "audio/mpeg") || g_str_equal (type->mime_type, "audio/aac")
         || g_str_equal (type->mime_type, "audio/amr");
}

static guint64
find_duration_ms (Discovery *self, const ImMediaType *type)
{
  gint64 duration_ns = 0;
  gint64 end_ns;

  if (!gst_element_query_duration (self->pipe.pipeline, GST_FORMAT_TIME, &duration_ns)
      || duration_ns <= 0 || has_no_index (type))
    {
      gst_element_set_state (self->pipe.pipeline, GST_STATE_PLAYING);
      if (!probe_pipeline_wait (&self->pipe, GST_MESSAGE_EOS))
        return 0;
      GST_OBJECT_LOCK (self->pipe.pipeline);
      end_ns = self->end_ns;
      GST_OBJECT_UNLOCK (self->pipe.pipeline);
      duration_ns = end_ns;
    }
  return (guint64) duration_ns / GST_MSECOND;
}

static gboolean
is_plausible (guint64 duration_ms, guint64 size)
{
  return duration_ms <= IM_MEDIA_MAX_DURATION_MS
         && size * 8 >= duration_ms / 1000 * LEAST_BITS_PER_S;
}

static void
describe (Discovery *self, const ImMediaType *type, guint64 size, ImMediaInfo *info)
{
  guint64 duration_ms = find_duration_ms (self, type);

  info->duration_ms = is_plausible (duration_ms, size) ? duration_ms : 0;
  if (self->has_video)
    {
      gboolean is_turned = self->orientation >= 5;

      info->kind = IM_MEDIA_KIND_VIDEO;
      info->width = is_turned ? self->height : self->width;
      info->height = is_turned ? self->width : self->height;
    }
  else if (self->has_audio)
    {
      info->kind = IM_MEDIA_KIND_SOUND;
      g_free (info->mime_type);
      info->mime_type = g_strdup (im_media_type_without_video (type->mime_type));
    }
}

void
probe_stream (const ProbeRequest *request, const ImMediaType *type, guint64 size, ImMediaInfo *info)
{
  Discovery self = { .orientation = 1 };

  probe_pipeline_init (&self.pipe, BUDGET, G_CALLBACK (on_pad), &self);
  gst_element_set_state (self.pipe.pipeline, GST_STATE_PAUSED);
  if (probe_pipeline_wait (&self.pipe, GST_MESSAGE_ASYNC_DONE))
    take_pads (&self);
  if (self.has_video || self.has_audio)
    describe (&self, type, size, info);
  probe_pipeline_clear (&self.pipe);
  if (self.has_video && probe_request_wants_pixels (request)
      && probe_picture_may_decode (self.width, self.height))
    probe_still (request, self.orientation, info);
  if (info->kind == IM_MEDIA_KIND_SOUND && self.has_audio && request->loudness)
    probe_loudness (info);
}
