/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "im-store-private.h"

void
im_store_receipt_free (ImStoreReceipt *receipt)
{
  g_free (receipt->recipient);
  g_free (receipt->message_id);
  g_free (receipt);
}

gboolean
im_store_receipt_add (
    ImStore *self, const char *recipient, const char *message_id, gboolean exact, GError **error)
{
  return im_store_run (self,
                       im_store_prepare (self, IM_SQL_RECEIPT_ADD, "ssi", recipient, message_id,
                                         (gint64) (exact != FALSE)),
                       error);
}

GPtrArray *
im_store_receipt_list (ImStore *self, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) im_store_receipt_free);
  sqlite3_stmt *statement = im_store_prepare (self, IM_SQL_RECEIPT_LIST, "i", after);
  int result;

  while ((result = im_store_step (self, statement, error)) == 1)
    {
      ImStoreReceipt *receipt = g_new0 (ImStoreReceipt, 1);

      receipt->id = sqlite3_column_int64 (statement, 0);
      receipt->recipient = g_strdup (im_store_column_text (statement, 1));
      receipt->message_id = g_strdup (im_store_column_text (statement, 2));
      receipt->exact = sqlite3_column_int (statement, 3) != 0;
      g_ptr_array_add (list, receipt);
    }
  return result == 0 ? g_steal_pointer (&list) : NULL;
}

gboolean
im_store_receipt_remove (ImStore *self, gint64 id, GError **error)
{
  return im_store_run (self, im_store_prepare (self, IM_SQL_RECEIPT_REMOVE, "i", id), error);
}
