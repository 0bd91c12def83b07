/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "probe-request.h"

#include "im-media-type.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* Films and sounds. Only the plugins that are named here are ever loaded: none of them opens files,
 * speaks to a network or follows what a file refers to. */

/* Loads the plugins, before the door is shut. Returns: FALSE when GStreamer is not usable */
gboolean probe_stream_prepare (const ProbeRequest *request);

/* Fills in what can be known, and makes what is asked for. size: of the file, bytes. */
void probe_stream (const ProbeRequest *request,
                   const ImMediaType *type,
                   guint64 size,
                   ImMediaInfo *info);

G_END_DECLS
