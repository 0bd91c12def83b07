/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe-pipeline.h"

#include "probe-request.h"
#include "probe-source.h"

#include <string.h>

#define LONGEST_S 6

/* What is parsed is good enough: without this, a stream that has a parser and no decoder is taken
 * for one that nobody understands. */
static gboolean
on_continue (GstElement *parser, GstPad *pad, GstCaps *caps, gpointer data)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  gboolean is_parsed = FALSE, is_framed = FALSE;

  gst_structure_get_boolean (structure, "parsed", &is_parsed);
  gst_structure_get_boolean (structure, "framed", &is_framed);
  return !is_parsed && !is_framed;
}

void
probe_pipeline_init (ProbePipeline *self, guint64 budget, GCallback on_pad, gpointer data)
{
  GstElement *source = probe_source_new (PROBE_INPUT_FD, budget);
  GstElement *parser = gst_element_factory_make ("parsebin", NULL);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->deadline_us = g_get_monotonic_time () + LONGEST_S * G_USEC_PER_SEC;
  gst_bin_add (GST_BIN (self->pipeline), source);
  if (parser == NULL)
    return;
  gst_bin_add (GST_BIN (self->pipeline), parser);
  gst_element_link (source, parser);
  g_signal_connect (parser, "autoplug-continue", G_CALLBACK (on_continue), NULL);
  g_signal_connect (parser, "pad-added", on_pad, data);
}

void
probe_pipeline_clear (ProbePipeline *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

GstClockTime
probe_pipeline_rest (const ProbePipeline *self)
{
  gint64 rest_us = self->deadline_us - g_get_monotonic_time ();

  return rest_us > 0 ? (GstClockTime) rest_us * GST_USECOND : 0;
}

gboolean
probe_pipeline_wait (ProbePipeline *self, GstMessageType type)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message
      = gst_bus_timed_pop_filtered (bus, probe_pipeline_rest (self), type | GST_MESSAGE_ERROR);

  return message != NULL && GST_MESSAGE_TYPE (message) == type;
}

char *
probe_pipeline_dup_family (GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *name;

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  if (caps == NULL || gst_caps_get_size (caps) == 0 || gst_caps_is_any (caps))
    return g_strdup ("");
  name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  return g_strndup (name, strcspn (name, "/"));
}

static void
on_decoded (GstElement *decoder, GstPad *pad, gpointer next)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (next, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

static GstElement *
add_element (GstElement *pipeline, const char *name, GstElement *before)
{
  GstElement *element = gst_element_factory_make (name, NULL);

  if (element == NULL)
    return NULL;
  gst_bin_add (GST_BIN (pipeline), element);
  if (before != NULL)
    gst_element_link (before, element);
  return element;
}

static GstElement *
add_sink (GstElement *pipeline, const char *caps_text, GstElement *before)
{
  GstElement *sink = add_element (pipeline, "appsink", before);
  g_autoptr (GstCaps) caps = gst_caps_from_string (caps_text);

  if (sink != NULL)
    g_object_set (sink, "caps", caps, "sync", FALSE, "max-buffers", 4, NULL);
  return sink;
}

GstElement *
probe_pipeline_add_decoder (GstPad *pad,
                            GstElement *pipeline,
                            const char *const *elements,
                            const char *caps)
{
  GstElement *decoder = add_element (pipeline, "decodebin", NULL);
  GstElement *first = NULL, *last = NULL, *sink;
  g_autoptr (GstPad) decoder_pad = NULL;

  for (guint i = 0; elements[i] != NULL; i++)
    {
      last = add_element (pipeline, elements[i], last);
      first = first != NULL ? first : last;
      if (last == NULL)
        return NULL;
      gst_element_sync_state_with_parent (last);
    }
  sink = add_sink (pipeline, caps, last);
  if (decoder == NULL || sink == NULL)
    return NULL;
  g_signal_connect (decoder, "pad-added", G_CALLBACK (on_decoded), first);
  gst_element_sync_state_with_parent (sink);
  decoder_pad = gst_element_get_static_pad (decoder, "sink");
  gst_pad_link (pad, decoder_pad);
  gst_element_sync_state_with_parent (decoder);
  return sink;
}
