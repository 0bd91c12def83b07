/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe-loudness.h"

#include "probe-pipeline.h"

#include <math.h>

#define BUDGET (64 * 1024 * 1024)
#define RATE 8000
#define WINDOW (RATE / 100)                  /* samples whose energy is one number */
#define MAX_WINDOWS (3600 * (RATE / WINDOW)) /* an hour */
#define SILENCE_DB 60.0

typedef struct
{
  ProbePipeline pipe;
  GstElement *sink; /* borrowed, nullable */
  GArray *energies; /* of double: mean square of each window */
  double sum;       /* of the window that is being filled */
  guint n_in_window;
  guint64 n_samples;
} Listener;

static void
on_pad (GstElement *parser, GstPad *pad, gpointer user_data)
{
  static const char *const elements[] = { "audioconvert", "audioresample", NULL };
  Listener *self = user_data;
  g_autofree char *family = probe_pipeline_dup_family (pad);

  if (self->sink == NULL && g_str_equal (family, "audio"))
    self->sink = probe_pipeline_add_decoder (
        pad, self->pipe.pipeline, elements,
        "audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=" G_STRINGIFY (RATE));
}

static void
close_window (Listener *self)
{
  double energy = self->sum / self->n_in_window;

  g_array_append_val (self->energies, energy);
  self->sum = 0;
  self->n_in_window = 0;
}

static void
hear (Listener *self, const guint8 *data, gsize size)
{
  for (gsize i = 0; i + 2 <= size; i += 2)
    {
      double value = (gint16) (data[i] | data[i + 1] << 8) / 32768.0;

      self->sum += value * value;
      self->n_samples++;
      if (++self->n_in_window == WINDOW)
        close_window (self);
    }
}

/* Returns: FALSE when there is no more, or there may be no more */
static gboolean
hear_sample (Listener *self)
{
  g_autoptr (GstSample) sample = NULL;
  GstMapInfo map;

  g_signal_emit_by_name (self->sink, "try-pull-sample", probe_pipeline_rest (&self->pipe), &sample);
  if (sample == NULL || !gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    return FALSE;
  hear (self, map.data, map.size);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  return self->energies->len <= MAX_WINDOWS;
}

static gboolean
is_at_end (Listener *self)
{
  gboolean is_eos = FALSE;

  g_object_get (self->sink, "eos", &is_eos, NULL);
  return is_eos && self->energies->len <= MAX_WINDOWS;
}

static guint8
level (double energy)
{
  double db = energy > 0 ? 10 * log10 (energy) : -SILENCE_DB;

  return (guint8) CLAMP (lround ((db + SILENCE_DB) / SILENCE_DB * 255), 0, 255);
}

static void
fill_curve (const GArray *energies, ImMediaInfo *info)
{
  for (guint i = 0; i < IM_MEDIA_LOUDNESS_SIZE; i++)
    {
      guint begin = (guint) ((guint64) energies->len * i / IM_MEDIA_LOUDNESS_SIZE);
      guint end = (guint) ((guint64) energies->len * (i + 1) / IM_MEDIA_LOUDNESS_SIZE);
      double sum = 0;

      end = MAX (end, begin + 1);
      for (guint j = begin; j < end; j++)
        sum += g_array_index (energies, double, j);
      info->loudness[i] = level (sum / (end - begin));
    }
  info->has_loudness = TRUE;
}

void
probe_loudness (ImMediaInfo *info)
{
  Listener self = { .energies = g_array_new (FALSE, FALSE, sizeof (double)) };

  probe_pipeline_init (&self.pipe, BUDGET, G_CALLBACK (on_pad), &self);
  gst_element_set_state (self.pipe.pipeline, GST_STATE_PLAYING);
  if (probe_pipeline_wait (&self.pipe, GST_MESSAGE_ASYNC_DONE) && self.sink != NULL)
    {
      while (hear_sample (&self))
        ;
      if (self.n_in_window > 0)
        close_window (&self);
      if (self.energies->len > 0 && is_at_end (&self))
        {
          fill_curve (self.energies, info);
          info->duration_ms = self.n_samples * 1000 / RATE;
        }
    }
  probe_pipeline_clear (&self.pipe);
  g_array_unref (self.energies);
}
