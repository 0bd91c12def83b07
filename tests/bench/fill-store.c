/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fill-store DIRECTORY ADDRESS CONVERSATIONS MESSAGES
 *
 * Fills the database of an account, as a long life with the program would have: through the store's
 * own functions, in the order of time, so that what belongs to one conversation lies scattered over
 * the file. The first conversation holds a fiftieth of the messages and is the newest; the others
 * share the rest. Says how long it took. */

#include "im-elem.h"
#include "im-loop.h"
#include "im-store.h"

#include <stdlib.h>

#define IN_A_TRANSACTION 5000
#define SECONDS_BETWEEN 30
#define UNREAD_EVERY 10 /* conversations */
#define UNREAD_LAST 3   /* messages of such a one */

static const char *const lines[] = {
  "Morning! The bridge is open again, so the lake loop works.",
  "8:14 is fine for me.",
  "好的，明天见！你带茶，我带点心。",
  "The path along the east shore is closed until the end of the month, so we walk up through the "
  "forest, have a rest at the hut, and come down on the other side; that is an hour more, and the "
  "better view.",
  "😍👍",
  "Can you send me the address again? I cannot find it anywhere.",
  "https://example.org/timetable?from=Kaltenbach&to=See",
  "I'll bring the stove.",
};

typedef struct
{
  ImStore *store;
  const char *address;
  guint n_conversations;
  guint n_messages;
  guint n_first; /* messages of the first conversation */
  guint64 begin_s;
} Fill;

/* The first conversation comes round every fiftieth time. */
static guint
conversation_of (const Fill *fill, guint i)
{
  if (fill->n_conversations == 1 || i % 50 == 49)
    return 0;
  return 1 + (i - i / 50) % (fill->n_conversations - 1);
}

static ImMsg *
make_message (const Fill *fill, guint i)
{
  ImMsg *msg = im_json_new (&im_msg_type);
  ImTextElem *elem = im_json_new (&im_text_elem_type);
  guint conversation = conversation_of (fill, i);
  gboolean is_late = fill->n_messages - i <= UNREAD_LAST * fill->n_conversations;

  elem->base.type = IM_ELEM_TEXT;
  elem->content = g_strdup_printf ("%s (%u)", lines[i % G_N_ELEMENTS (lines)], i);
  msg->elems = im_json_array_new ();
  g_ptr_array_add (msg->elems, elem);
  msg->conv_id = g_strdup_printf ("friend%05u", conversation);
  msg->conv_type = IM_CONV_C2C;
  msg->is_from_self = i % 3 == 0;
  msg->sender = msg->is_from_self ? g_strndup (fill->address, strcspn (fill->address, "@"))
                                  : g_strdup (msg->conv_id);
  msg->status = IM_MSG_SEND_SUCC;
  msg->server_time = msg->client_time = fill->begin_s + (guint64) i * SECONDS_BETWEEN;
  msg->rand = i + 1;
  msg->is_read = !(is_late && conversation % UNREAD_EVERY == 1);
  msg->is_peer_read = msg->is_delivered = msg->is_from_self;
  return msg;
}

static void
add (Fill *fill, guint i)
{
  g_autoptr (ImMsg) msg = make_message (fill, i);
  g_autoptr (GError) error = NULL;
  g_autofree char *archive_id = g_strdup_printf ("2026-%012u", i);
  g_autofree char *origin_id = g_strdup_printf ("0192f3a4-%08x-b7c1", i);
  ImStoreMessage in = { 0 };

  in.msg = msg;
  in.archive_id = archive_id;
  in.origin_id = origin_id;
  in.wire_id = origin_id;
  if (!im_store_message_add (fill->store, &in, IM_STORE_NEWEST, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static void
fill_all (Fill *fill)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < fill->n_messages; i++)
    {
      gboolean is_last = i == fill->n_messages - 1 || i % IN_A_TRANSACTION == IN_A_TRANSACTION - 1;

      if (i % IN_A_TRANSACTION == 0 && !im_store_begin (fill->store, &error))
        g_error ("%s", error->message);
      add (fill, i);
      if (is_last && !im_store_commit (fill->store, &error))
        g_error ("%s", error->message);
    }
  /* A device that has been here before. */
  im_store_kv_set (fill->store, "synced", "1", NULL);
}

int
main (int argc, char **argv)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *dir = NULL;
  Fill fill = { 0 };

  if (argc != 5)
    {
      g_printerr ("usage: fill-store DIRECTORY ADDRESS CONVERSATIONS MESSAGES\n");
      return 2;
    }
  im_thread_set_role (IM_THREAD_NETWORK);
  folder = g_compute_checksum_for_string (G_CHECKSUM_SHA256, argv[2], -1);
  dir = g_build_filename (argv[1], folder, NULL);
  fill.address = argv[2];
  fill.n_conversations = (guint) atoi (argv[3]);
  fill.n_messages = (guint) atoi (argv[4]);
  fill.begin_s = (guint64) (g_get_real_time () / G_USEC_PER_SEC)
                 - (guint64) fill.n_messages * SECONDS_BETWEEN - 60;
  fill.store = im_store_open (dir, &error);
  if (fill.store == NULL)
    g_error ("%s", error->message);
  fill_all (&fill);
  im_store_close (fill.store);
  g_print ("%u messages in %.1f s\n", fill.n_messages,
           (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);
  return 0;
}
