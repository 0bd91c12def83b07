/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-transfer-queue.h"

#include "im-backoff.h"
#include "im-loop.h"

#define LARGE_LANES (IM_TRANSFER_LANES - 1)
#define RETRY_MIN_MS 1000
#define RETRY_MAX_MS (60 * 1000)
/* Who asks for more patience is not waited for. */
#define PATIENCE_US (10 * 60 * G_USEC_PER_SEC)
#define REPORT_US (100 * 1000)

typedef enum
{
  STATE_MEASURING,
  STATE_QUEUED,
  STATE_RUNNING,
  STATE_WAITING, /* for its timer, or the connection */
  STATE_OVER
} State;

struct _ImTransferQueue
{
  const ImTransferKind *kind;
  ImClock *clock;
  gboolean is_online;
  gpointer owner;
  GQueue transfers; /* of ImTransfer, owned, in the order they came */
  gboolean is_starting;
};

struct _ImTransfer
{
  ImTransferQueue *queue; /* NULL when it is gone, or this is over */
  State state;
  GTask *task;
  GCancellable *cancellable;
  GCancellable *outer; /* nullable: the caller's */
  gulong outer_handler;
  gboolean is_large;
  ImBackoff backoff;
  GSource *timer; /* nullable */

  ImTransferProgress progress; /* nullable */
  gpointer progress_data;
  gboolean was_told;
  guint64 told_done;
  guint64 told_total;
  gint64 told_us;
  guint64 best; /* the most that ever was there */
  gboolean brought_something;

  gpointer data;
  GDestroyNotify data_free;
};

ImTransfer *
im_transfer_ref (ImTransfer *self)
{
  return g_rc_box_acquire (self);
}

static void
transfer_clear (gpointer data)
{
  ImTransfer *self = data;

  g_assert (self->state == STATE_OVER);
  self->data_free (self->data);
  g_clear_object (&self->task);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->outer);
}

void
im_transfer_unref (ImTransfer *self)
{
  g_rc_box_release_full (self, transfer_clear);
}

gpointer
im_transfer_get_data (ImTransfer *self)
{
  return self->data;
}

gpointer
im_transfer_get_owner (ImTransfer *self)
{
  return self->queue != NULL ? self->queue->owner : NULL;
}

GCancellable *
im_transfer_get_cancellable (ImTransfer *self)
{
  return self->cancellable;
}

/* Turns */

static gboolean
may_start (ImTransferQueue *self, const ImTransfer *transfer, guint n_running, guint n_large)
{
  if (transfer->state != STATE_QUEUED || (self->kind->needs_connection && !self->is_online))
    return FALSE;
  return n_running < IM_TRANSFER_LANES && (!transfer->is_large || n_large < LARGE_LANES);
}

static ImTransfer *
find_next (ImTransferQueue *self)
{
  guint n_running = 0, n_large = 0;

  for (GList *link = self->transfers.head; link != NULL; link = link->next)
    {
      const ImTransfer *transfer = link->data;

      n_running += transfer->state == STATE_RUNNING;
      n_large += transfer->state == STATE_RUNNING && transfer->is_large;
    }
  for (GList *link = self->transfers.head; link != NULL; link = link->next)
    if (may_start (self, link->data, n_running, n_large))
      return link->data;
  return NULL;
}

/* An attempt may end while it is begun. */
static void
start_what_may (ImTransferQueue *self)
{
  ImTransfer *transfer;

  if (self->is_starting)
    return;
  self->is_starting = TRUE;
  while ((transfer = find_next (self)) != NULL)
    {
      transfer->state = STATE_RUNNING;
      transfer->brought_something = FALSE;
      self->kind->run (transfer, self->owner);
    }
  self->is_starting = FALSE;
}

static gboolean
on_timer (gpointer user_data)
{
  ImTransfer *self = user_data;

  im_clock_timeout_clear (&self->timer);
  self->state = STATE_QUEUED;
  start_what_may (self->queue);
  return G_SOURCE_REMOVE;
}

/* Takes the transfer out of the queue; the reference that comes back is the queue's. */
static ImTransfer *
leave (ImTransfer *self)
{
  im_clock_timeout_clear (&self->timer);
  if (self->outer_handler != 0)
    g_signal_handler_disconnect (self->outer, self->outer_handler);
  self->outer_handler = 0;
  self->state = STATE_OVER;
  g_queue_remove (&self->queue->transfers, self);
  if (self->queue->kind->leave != NULL)
    self->queue->kind->leave (self->data);
  self->queue = NULL;
  return self;
}

static void
return_cancelled (ImTransfer *self)
{
  g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
}

/* What runs ends by itself when its cancellable is cancelled. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  ImTransfer *self = user_data;
  ImTransferQueue *queue = self->queue;

  if (self->state == STATE_RUNNING || self->state == STATE_MEASURING)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  g_autoptr (ImTransfer) gone = leave (self);
  return_cancelled (gone);
  start_what_may (queue);
}

void
im_transfer_queue_add (ImTransferQueue *self,
                       GTask *task,
                       guint64 size,
                       ImTransferProgress progress,
                       gpointer progress_data,
                       gpointer data,
                       GDestroyNotify data_free)
{
  ImTransfer *transfer = g_rc_box_new0 (ImTransfer);

  im_assert_network_thread ();
  transfer->queue = self;
  transfer->task = task;
  g_task_set_check_cancellable (task, FALSE); /* what is done is done */
  transfer->cancellable = g_cancellable_new ();
  transfer->state = self->kind->measure != NULL ? STATE_MEASURING : STATE_QUEUED;
  transfer->is_large = size == 0 || size > IM_TRANSFER_LARGE;
  transfer->progress = progress;
  transfer->progress_data = progress_data;
  transfer->data = data;
  transfer->data_free = data_free;
  im_backoff_init (&transfer->backoff, RETRY_MIN_MS, RETRY_MAX_MS);
  g_queue_push_tail (&self->transfers, transfer);
  if (g_task_get_cancellable (task) != NULL)
    {
      transfer->outer = g_object_ref (g_task_get_cancellable (task));
      transfer->outer_handler
          = g_signal_connect (transfer->outer, "cancelled", G_CALLBACK (on_cancelled), transfer);
    }
  if (transfer->outer != NULL && g_cancellable_is_cancelled (transfer->outer))
    {
      transfer->state = STATE_QUEUED;
      on_cancelled (transfer->outer, transfer);
    }
  else if (transfer->state == STATE_MEASURING)
    self->kind->measure (transfer, self->owner);
  else
    start_what_may (self);
}

void
im_transfer_measured (ImTransfer *self, guint64 size)
{
  if (self->queue == NULL)
    return;
  self->is_large = size == 0 || size > IM_TRANSFER_LARGE;
  self->state = STATE_QUEUED;
  if (g_cancellable_is_cancelled (self->cancellable))
    on_cancelled (self->cancellable, self);
  else
    start_what_may (self->queue);
}

/* Progress */

static gboolean
is_worth_telling (ImTransfer *self, guint64 done, guint64 total, gint64 now_us)
{
  if (!self->was_told || done < self->told_done || total != self->told_total)
    return TRUE;
  if (done == self->told_done || done == total)
    return FALSE; /* the end is told by the end */
  return now_us - self->told_us >= REPORT_US
         || (total != 0 && done - self->told_done >= (total + 99) / 100);
}

static void
tell (ImTransfer *self, guint64 done, guint64 total, gint64 now_us)
{
  self->was_told = TRUE;
  self->told_done = done;
  self->told_total = total;
  self->told_us = now_us;
  if (self->progress != NULL)
    self->progress (done, total, self->progress_data);
}

void
im_transfer_report (ImTransfer *self, guint64 done, guint64 total)
{
  gint64 now_us;

  if (self->queue == NULL)
    return;
  if (done > self->best)
    {
      self->brought_something |= self->was_told;
      self->best = done;
    }
  now_us = im_clock_monotonic_us (self->queue->clock);
  if (is_worth_telling (self, done, total, now_us))
    tell (self, done, total, now_us);
}

/* Ends */

void
im_transfer_succeed (ImTransfer *self, guint64 size, gpointer result, GDestroyNotify free_it)
{
  ImTransferQueue *queue = self->queue;

  if (queue == NULL)
    {
      free_it (result);
      return;
    }
  tell (self, size, size, 0);
  g_autoptr (ImTransfer) gone = leave (self);
  g_task_return_pointer (gone->task, result, free_it);
  start_what_may (queue);
}

static void
try_later (ImTransfer *self, gint64 retry_us)
{
  ImClock *clock = self->queue->clock;
  guint delay_ms = im_backoff_next_ms (&self->backoff);

  if (retry_us != 0)
    delay_ms = MAX (delay_ms, (guint) (MAX (retry_us - im_clock_now_us (clock), 0) / 1000));
  self->state = STATE_WAITING;
  self->timer = im_clock_timeout_add (clock, delay_ms, on_timer, self);
}

static gboolean
is_worth_another (ImTransfer *self, gint64 retry_us)
{
  ImTransferQueue *queue = self->queue;

  if (retry_us != 0 && retry_us - im_clock_now_us (queue->clock) > PATIENCE_US)
    return FALSE;
  if (queue->kind->keeps_parts && self->brought_something)
    im_backoff_reset (&self->backoff);
  if (!queue->is_online && self->backoff.attempts > 0)
    self->backoff.attempts--;
  return self->backoff.attempts + 1 < IM_TRANSFER_ATTEMPTS;
}

void
im_transfer_fail (ImTransfer *self, GError *error, gboolean is_retryable, gint64 retry_us)
{
  g_autoptr (GError) taken = error;
  ImTransferQueue *queue = self->queue;

  if (queue == NULL)
    return;
  if (is_retryable && !g_cancellable_is_cancelled (self->cancellable)
      && is_worth_another (self, retry_us))
    {
      g_debug ("a file is tried again later: %s", error->message);
      try_later (self, retry_us);
    }
  else
    {
      g_autoptr (ImTransfer) gone = leave (self);

      if (g_cancellable_is_cancelled (gone->cancellable))
        return_cancelled (gone);
      else
        g_task_return_error (gone->task, g_steal_pointer (&taken));
    }
  start_what_may (queue);
}

/* The queue */

ImTransferQueue *
im_transfer_queue_new (const ImTransferKind *kind, ImClock *clock, gpointer owner)
{
  ImTransferQueue *self = g_new0 (ImTransferQueue, 1);

  self->kind = kind;
  self->clock = clock;
  self->owner = owner;
  return self;
}

void
im_transfer_queue_free (ImTransferQueue *self)
{
  ImTransfer *transfer;

  if (self == NULL)
    return;
  self->is_starting = TRUE; /* nothing begins any more */
  while ((transfer = g_queue_peek_head (&self->transfers)) != NULL)
    {
      g_autoptr (ImTransfer) gone = leave (transfer);

      g_cancellable_cancel (gone->cancellable);
      return_cancelled (gone);
    }
  g_free (self);
}

void
im_transfer_queue_set_online (ImTransferQueue *self, gboolean is_online)
{
  im_assert_network_thread ();
  self->is_online = is_online;
  if (!is_online)
    return;
  for (GList *link = self->transfers.head; link != NULL; link = link->next)
    {
      ImTransfer *transfer = link->data;

      if (transfer->state != STATE_WAITING)
        continue;
      im_clock_timeout_clear (&transfer->timer);
      transfer->state = STATE_QUEUED;
    }
  start_what_may (self);
}
