/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a message through the library with the network taken out: a frame's bytes become a
 * stanza, a message, a TIM message, a row of the store, the text of a callback; and the reverse.
 * What is stored is indexed later, in the background.
 * Messages per second and processor time of each step. */

#include "im-elem.h"
#include "im-loop.h"
#include "im-store.h"
#include "im-test.h"
#include "map-message.h"
#include "xmpp-frame.h"

#include <time.h>

#define N_MESSAGES 20000
#define PAGE 250
#define INDEX_STEP_MS 5

typedef struct
{
  ImStore *store;
  MapIds ids;
  GPtrArray *rows; /* ImMsg of the page that is under way */
} Path;

static double
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static void
tell (const char *what, gint64 since_us, double since_cpu_us)
{
  double wall_us = (double) (g_get_monotonic_time () - since_us);

  g_print ("%-48s %9.0f a second  %7.2f us CPU each\n", what, N_MESSAGES * 1e6 / wall_us,
           (cpu_us () - since_cpu_us) / N_MESSAGES);
}

static char *
make_frame (guint i)
{
  return g_strdup_printf (
      "<message xmlns='jabber:client' type='chat' from='friend%u@example.org/phone' "
      "to='alice@example.org/desktop' id='m%u'><body>Message %u, of the usual length of a line or "
      "so</body><origin-id xmlns='urn:xmpp:sid:0' id='m%u'/><request xmlns='urn:xmpp:receipts'/>"
      "<markable xmlns='urn:xmpp:chat-markers:0'/>"
      "<stanza-id xmlns='urn:xmpp:sid:0' by='alice@example.org' id='archive-%u'/></message>",
      i % 100, i, i, i, i);
}

static ImMsg *
read_frame (Path *path, const char *frame, XmppMessage **ret_message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmppStanza) stanza = xmpp_frame_parse (frame, strlen (frame), &error);
  XmppMessage *message;

  g_assert_no_error (error);
  message = xmpp_message_new_from_stanza (stanza, path->ids.self_jid);
  g_assert_nonnull (message);
  *ret_message = message;
  return map_message_from_stanza (&path->ids, message, g_get_real_time ());
}

static void
store_message (Path *path, XmppMessage *message, ImMsg *msg)
{
  g_autoptr (ImStoreMessage) row = NULL;
  g_autoptr (GError) error = NULL;
  ImStoreMessage in = { 0 };

  in.msg = msg;
  in.origin_id = message->origin_id;
  in.archive_id = message->archive_id;
  in.wire_id = message->id;
  in.markable = message->markable;
  im_store_message_add (path->store, &in, IM_STORE_NEWEST, NULL, &row, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (path->rows, im_json_ref (row->msg));
}

static void
measure_reading (Path *path, GPtrArray *frames)
{
  gint64 start_us = g_get_monotonic_time ();
  double start_cpu_us = cpu_us ();

  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (XmppMessage) message = NULL;
      g_autoptr (ImMsg) msg = read_frame (path, frames->pdata[i], &message);

      g_assert_nonnull (msg);
    }
  tell ("frame to TIM message", start_us, start_cpu_us);
}

static void
measure_receiving (Path *path, GPtrArray *frames, guint page)
{
  gint64 start_us = g_get_monotonic_time ();
  double start_cpu_us = cpu_us ();
  g_autofree char *what = g_strdup_printf ("frame to callback's text, %u in a transaction", page);

  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (XmppMessage) message = NULL;
      g_autoptr (ImMsg) msg = read_frame (path, frames->pdata[i], &message);

      if (i % page == 0)
        g_assert_true (im_store_begin (path->store, NULL));
      store_message (path, message, msg);
      if (i % page == page - 1 || i == frames->len - 1)
        {
          g_autofree char *json = NULL;

          g_assert_true (im_store_commit (path->store, NULL));
          json = im_json_format_array (path->rows);
          g_ptr_array_set_size (path->rows, 0);
        }
    }
  tell (what, start_us, start_cpu_us);
}

static void
measure_index (Path *path)
{
  gint64 start_us = g_get_monotonic_time ();
  double start_cpu_us = cpu_us ();
  gboolean more = TRUE;

  while (more)
    g_assert_true (im_store_index_step (path->store, INDEX_STEP_MS, &more, NULL));
  tell ("index of words, afterwards", start_us, start_cpu_us);
}

static void
measure_writing (Path *path)
{
  gint64 start_us = g_get_monotonic_time ();
  double start_cpu_us = cpu_us ();

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *json
          = g_strdup_printf ("{\"message_elem_array\":[{\"elem_type\":0,\"text_elem_content\":"
                             "\"Message %u, of the usual length of a line or so\"}]}",
                             i);
      g_autoptr (ImMsg) msg = im_json_parse (&im_msg_type, json, -1, IM_JSON_LENIENT, NULL);
      g_autoptr (XmppStanza) stanza = NULL;
      g_autofree char *text = NULL;
      g_autofree char *id = g_uuid_string_random ();

      im_json_set_str (&msg->conv_id, "bob");
      msg->conv_type = IM_CONV_C2C;
      stanza = map_message_to_stanza (&path->ids, msg, id, NULL);
      g_assert_nonnull (stanza);
      text = xmpp_stanza_to_string (stanza);
    }
  tell ("call's text to frame", start_us, start_cpu_us);
}

static void
with_store (Path *path, const char *dir, GPtrArray *frames, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("page-%u", page);
  g_autofree char *folder = g_build_filename (dir, name, NULL);

  path->store = im_store_open (folder, &error);
  g_assert_no_error (error);
  measure_receiving (path, frames, page);
  measure_index (path);
  im_store_close (path->store);
}

int
main (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (g_free);
  Path path = { 0 };

  im_thread_set_role (IM_THREAD_NETWORK);
  g_assert_true (map_ids_init (&path.ids, "alice", "example.org", NULL));
  path.rows = im_json_array_new ();
  for (guint i = 0; i < N_MESSAGES; i++)
    g_ptr_array_add (frames, make_frame (i));
  measure_reading (&path, frames);
  with_store (&path, dir, frames, 1);
  with_store (&path, dir, frames, PAGE);
  measure_writing (&path);
  g_ptr_array_unref (path.rows);
  map_ids_clear (&path.ids);
  return 0;
}
