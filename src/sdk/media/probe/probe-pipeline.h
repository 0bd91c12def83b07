/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Input → demultiplexer and parsers → what is wanted of it. */
typedef struct
{
  GstElement *pipeline; /* owned */
  gint64 deadline_us;   /* monotonic */
} ProbePipeline;

/* on_pad: "pad-added" of parsebin, once for each stream. budget: bytes that are read at most. */
void probe_pipeline_init (ProbePipeline *self, guint64 budget, GCallback on_pad, gpointer data);
void probe_pipeline_clear (ProbePipeline *self);

/* Until the message has arrived. Returns: FALSE after an error, or when time is over */
gboolean probe_pipeline_wait (ProbePipeline *self, GstMessageType type);
/* What is left until the deadline, nanoseconds. */
GstClockTime probe_pipeline_rest (const ProbePipeline *self);

/* "video", "audio" or another first half of the pad's caps. (transfer full) */
char *probe_pipeline_dup_family (GstPad *pad);

/* Adds decodebin, the elements named and an appsink of these caps behind the pad.
 * Returns: (transfer none) (nullable): the appsink */
GstElement *probe_pipeline_add_decoder (GstPad *pad,
                                        GstElement *pipeline,
                                        const char *const *elements,
                                        const char *caps);

G_END_DECLS
