/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching a million messages: half of them words as English has them, half Chinese, both with the
 * frequencies of real languages, in 300 conversations. LINNET_BENCH_MESSAGES: another number. */
#include "im-store-private.h"
#include "store-fixture.h"

#include "im-loop.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#define N_MESSAGES 1000000
#define N_CONVERSATIONS 300
#define N_WORDS 30000
#define N_CHARACTERS 4000
#define PAGE 250
#define N_ROUNDS 21
#define N_COLD 5

static char *words[N_WORDS];
static char characters[N_CHARACTERS][4];
static double word_sums[N_WORDS];
static double character_sums[N_CHARACTERS];
static double conversation_sums[N_CONVERSATIONS];

/* A language */

static void
add_up (double *sums, guint n, double offset)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sums[i] = sum += 1 / (i + offset);
}

static guint
choose (GRand *rand, const double *sums, guint n)
{
  double at = g_rand_double (rand) * sums[n - 1];
  guint low = 0;

  for (guint high = n - 1; low < high;)
    {
      guint middle = (low + high) / 2;

      if (sums[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static char *
make_word (GRand *rand, guint rank)
{
  static const char letters[] = "eeeeetttaaaooiinnsshhrrddlcumwfgypbvk";
  guint length = 2 + (guint) log2 (rank + 1) / 2 + (guint) g_rand_int_range (rand, 0, 3);
  char *word = g_malloc0 (length + 1);

  for (guint i = 0; i < length; i++)
    word[i] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
  return word;
}

static void
make_language (GRand *rand)
{
  for (guint i = 0; i < N_WORDS; i++)
    words[i] = make_word (rand, i);
  for (guint i = 0; i < N_CHARACTERS; i++)
    characters[i][g_unichar_to_utf8 (0x4e00 + i * 3, characters[i])] = '\0';
  add_up (word_sums, N_WORDS, 2);
  add_up (character_sums, N_CHARACTERS, 8);
  add_up (conversation_sums, N_CONVERSATIONS, 2);
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  gboolean is_english = g_rand_boolean (rand);
  int n = is_english ? g_rand_int_range (rand, 3, 15) : g_rand_int_range (rand, 3, 25);

  for (int i = 0; i < n; i++)
    if (is_english)
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              words[choose (rand, word_sums, N_WORDS)]);
    else
      g_string_append (text, characters[choose (rand, character_sums, N_CHARACTERS)]);
  return g_string_free (text, FALSE);
}

/* The store */

static void
tell (const char *what, double value, const char *unit)
{
  g_print ("%-52s %10.3f %s\n", what, value, unit);
}

static void
add_messages (ImStore *store, GRand *rand, guint n, guint page, guint64 *time_s)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = make_text (rand);
      g_autofree char *conv
          = g_strdup_printf ("user%u", choose (rand, conversation_sums, N_CONVERSATIONS));

      *time_s += (guint64) g_rand_int_range (rand, 0, 240);
      if (i % page == 0)
        g_assert_true (im_store_begin (store, NULL));
      store_add (store, IM_STORE_NEWEST,
                 GIVEN (.text = text, .conv = conv, .own = g_rand_boolean (rand), .read = TRUE,
                        .rand = g_rand_int (rand), .time = *time_s),
                 NULL);
      if (i % page == page - 1 || i == n - 1)
        g_assert_true (im_store_commit (store, NULL));
    }
}

static int
compare_times (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static gint64
get_number (ImStore *store, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

static void
run_sql (ImStore *store, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (store->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static double
processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* Milliseconds of every step, by the clock and of this thread's processor; both nullable. */
static void
finish_index (ImStore *store, GArray *clock, GArray *processor)
{
  gboolean more = TRUE;

  while (more)
    {
      double clock_ms = (double) g_get_monotonic_time () / 1000;
      double used_ms = processor_ms ();

      g_assert_true (im_store_index_step (store, 5, &more, NULL));
      clock_ms = (double) g_get_monotonic_time () / 1000 - clock_ms;
      used_ms = processor_ms () - used_ms;
      if (clock != NULL)
        g_array_append_val (clock, clock_ms);
      if (processor != NULL)
        g_array_append_val (processor, used_ms);
    }
}

/* Of so many thousandths of the steps none takes longer. */
static double
longest_of (GArray *steps, guint thousandths)
{
  return g_array_index (steps, double, (steps->len - 1) * thousandths / 1000);
}

static void
tell_steps (const char *what, GArray *steps)
{
  g_array_sort (steps, compare_times);
  g_print ("%-52s longest %8.3f ms, of 99 in 100 %8.3f ms, of 999 in 1000 %8.3f ms, of %u\n", what,
           longest_of (steps, 1000), longest_of (steps, 990), longest_of (steps, 999), steps->len);
}

/* The same messages without their index: what it costs, and how long making it takes. */
static void
bench_indexing (ImStore *store, guint n)
{
  gint64 with
      = get_number (store, "SELECT (SELECT page_count FROM pragma_page_count) * page_size - "
                           "(SELECT freelist_count FROM pragma_freelist_count) * page_size "
                           "FROM pragma_page_size");
  gint64 without, start_us;
  g_autoptr (GArray) clock = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) processor = g_array_new (FALSE, FALSE, sizeof (double));

  run_sql (store, "INSERT INTO message_text (message_text) VALUES ('delete-all');"
                  "DELETE FROM search;"
                  "UPDATE search_state SET (left_id, new_id) = "
                  "(SELECT max (id), max (id) FROM message)");
  without = get_number (store, "SELECT (SELECT page_count FROM pragma_page_count) * page_size - "
                               "(SELECT freelist_count FROM pragma_freelist_count) * page_size "
                               "FROM pragma_page_size");
  tell ("size of the messages", (double) without / 1e6, "MB");
  tell ("size of the index", (double) (with - without) / 1e6, "MB");
  start_us = g_get_monotonic_time ();
  finish_index (store, clock, processor);
  tell ("index in the background, each", (double) (g_get_monotonic_time () - start_us) / n, "us");
  tell_steps ("index in the background, steps by the clock", clock);
  tell_steps ("index in the background, steps, processor", processor);
}

static void
bench_clearing (ImStore *store)
{
  gint64 n = get_number (store, "SELECT count (*) FROM message WHERE conversation = "
                                "(SELECT id FROM conversation WHERE name = 'user0')");
  gint64 start_us = g_get_monotonic_time ();

  g_assert_true (im_store_messages_clear (store, IM_CONV_C2C, "user0", NULL));
  g_print ("cleared a conversation of %" G_GINT64_FORMAT " messages\n", n);
  tell ("clear a conversation, each message", (double) (g_get_monotonic_time () - start_us) / n,
        "us");
}

/* Searches */

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ImMsgSearchResult **found = user_data;

  *found = im_store_search_finish (result, NULL);
  g_assert_nonnull (*found);
}

static ImMsgSearchResult *
search (ImStore *store, const char *keyword, const char *conv)
{
  g_autoptr (ImMsgSearchParam) param = im_json_new (&im_msg_search_param_type);
  ImMsgSearchResult *found = NULL;

  param->keywords = g_new0 (char *, 2);
  param->keywords[0] = g_strdup (keyword);
  param->page_size = 20;
  param->conv_type = conv != NULL ? IM_CONV_C2C : IM_CONV_INVALID;
  param->conv_id = g_strdup (conv);
  im_store_search_async (store, param, NULL, on_found, &found);
  while (found == NULL)
    g_main_context_iteration (NULL, TRUE);
  return found;
}

/* The connection has nothing of the file in its memory. */
static ImStore *
open_anew (ImStore *taken, const char *dir)
{
  im_store_close (taken);
  return store_open (dir);
}

/* Nor has the kernel, as after a start of the machine. */
static ImStore *
open_from_disk (ImStore *taken, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "im.db", NULL);
  int fd;

  im_store_close (taken);
  fd = g_open (path, O_RDONLY, 0);
  fdatasync (fd);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  close (fd);
  return store_open (dir);
}

static double
median (double *times, gsize n)
{
  qsort (times, n, sizeof *times, compare_times);
  return times[n / 2];
}

/* Milliseconds from the call to the answer. */
static double
time_search (ImStore *store, const char *keyword, const char *conv, gint64 *ret_total)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (ImMsgSearchResult) found = search (store, keyword, conv);

  *ret_total = found->total_count;
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

static void
bench_query (
    ImStore **store, const char *dir, const char *what, const char *keyword, const char *conv)
{
  double cold[N_COLD], warm[N_ROUNDS], disk;
  gint64 total = 0;

  *store = open_from_disk (*store, dir);
  disk = time_search (*store, keyword, conv, &total);
  for (guint i = 0; i < N_COLD; i++)
    {
      *store = open_anew (*store, dir);
      cold[i] = time_search (*store, keyword, conv, &total);
    }
  for (guint i = 0; i < N_ROUNDS; i++)
    warm[i] = time_search (*store, keyword, conv, &total);
  g_print ("%-52s warm %8.3f ms, cold %8.3f ms, from disk %8.3f ms, %" G_GINT64_FORMAT " %s\n",
           what, median (warm, N_ROUNDS), median (cold, N_COLD), disk, total,
           conv != NULL ? "messages" : "conversations");
}

static char *
han (guint first, guint n, guint stride)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, characters[first + i * stride]);
  return g_string_free (text, FALSE);
}

static void
bench_keyword (ImStore **store, const char *dir, const char *what, const char *keyword)
{
  g_autofree char *everywhere = g_strconcat (what, ", everywhere", NULL);
  g_autofree char *in_one = g_strconcat (what, ", in one", NULL);

  bench_query (store, dir, everywhere, keyword, NULL);
  bench_query (store, dir, in_one, keyword, "user0");
}

static void
bench_searches (ImStore **store, const char *dir)
{
  g_autofree char *two_words = g_strdup_printf ("%s %s", words[0], words[1]);
  g_autofree char *never = g_strconcat (characters[0], characters[1], characters[0], characters[1],
                                        characters[0], characters[1], NULL);

  bench_keyword (store, dir, "common word", words[0]);
  bench_keyword (store, dir, "rare word", words[N_WORDS - 7]);
  bench_keyword (store, dir, "two common words as a phrase", two_words);
  bench_keyword (store, dir, "1 letter", "e");
  bench_keyword (store, dir, "2 letters", "th");
  bench_keyword (store, dir, "3 letters", "the");
  bench_keyword (store, dir, "4 letters", "seta");
  bench_keyword (store, dir, "none found", "zzzz");
  for (guint n = 1; n <= 4; n++)
    {
      g_autofree char *common = han (0, n, 1);
      g_autofree char *usual = han (50, n, 20);
      g_autofree char *common_name = g_strdup_printf ("Chinese, %u most common", n);
      g_autofree char *usual_name = g_strdup_printf ("Chinese, %u usual", n);

      bench_keyword (store, dir, common_name, common);
      bench_keyword (store, dir, usual_name, usual);
    }
  bench_keyword (store, dir, "Chinese, 6 most common, none found", never);
}

static guint
n_messages (void)
{
  const char *given = g_getenv ("LINNET_BENCH_MESSAGES");

  return given != NULL ? (guint) g_ascii_strtoull (given, NULL, 10) : N_MESSAGES;
}

int
main (void)
{
  g_autoptr (ImTestDir) dir = im_test_dir_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n = n_messages ();
  guint64 time_s = 1500000000;
  gint64 start_us;
  ImStore *store;

  im_thread_set_role (IM_THREAD_NETWORK);
  store = store_open (dir);
  make_language (rand);
  start_us = g_get_monotonic_time ();
  add_messages (store, rand, n, PAGE, &time_s);
  tell ("insert, 250 in a transaction, each", (double) (g_get_monotonic_time () - start_us) / n,
        "us");
  start_us = g_get_monotonic_time ();
  add_messages (store, rand, 200, 1, &time_s);
  tell ("insert, alone, each", (double) (g_get_monotonic_time () - start_us) / 200, "us");
  start_us = g_get_monotonic_time ();
  finish_index (store, NULL, NULL);
  tell ("index of what is new, each", (double) (g_get_monotonic_time () - start_us) / n, "us");
  bench_searches (&store, dir);
  bench_indexing (store, n);
  bench_clearing (store);
  im_store_close (store);
  return 0;
}
