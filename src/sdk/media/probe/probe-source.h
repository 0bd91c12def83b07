/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstbasesrc.h>

G_BEGIN_DECLS

/* A GStreamer source over an open file that reads wherever it is asked to, which demuxers need to
 * find an index at the end, and ends after so many bytes: what a file claims about itself cannot
 * make us read for ever. */

#define PROBE_TYPE_SOURCE (probe_source_get_type ())
G_DECLARE_FINAL_TYPE (ProbeSource, probe_source, PROBE, SOURCE, GstBaseSrc)

/* Floating. The fd stays the caller's. */
GstElement *probe_source_new (int fd, guint64 budget);

G_END_DECLS
