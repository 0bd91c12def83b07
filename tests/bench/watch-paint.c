/* SPDX-License-Identifier: GPL-3.0-or-later */

/* watch-paint MILLISECONDS [PROGRAM ARGUMENT…]
 *
 * When is what is seen on the screen the final picture? Looks at the X server's screen whenever
 * something was drawn, for so many milliseconds, and compares every picture with the last one. It
 * knows nothing of the program and treats all alike. The time begins when PROGRAM is started or,
 * without one, with the next key or button that is pressed, after "ready" was printed.
 *
 * Prints one line of JSON, in milliseconds: "map" the first window is mapped, "first" something is
 * drawn (more than DRAWN_COLORS colours), "done" 99 % of what changes at all look as at the end;
 * null for what did not happen. PROGRAM then runs on until the standard input is closed. */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XI2.h>
#include <X11/extensions/XInput2.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/Xdamage.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#define TILE 16
#define DRAWN_COLORS 8
#define DONE_SHARE 0.99
#define LONGEST_WAIT_MS 10000

typedef struct
{
  gint64 at_us;
  guint64 *tiles; /* owned: a number for what each tile shows */
  gboolean is_drawn;
} Picture;

typedef struct
{
  Display *display;
  Window root;
  int damage_event;
  int input_opcode;
  Damage damage;
  XImage *image;
  XShmSegmentInfo shared;
  guint columns;
  guint rows;
  GArray *pictures; /* of Picture */
  gint64 begin_us;  /* 0: has not begun */
  gint64 map_us;
} Watch;

static void
clear_picture (gpointer picture)
{
  g_free (((Picture *) picture)->tiles);
}

static gboolean
open_screen (Watch *self)
{
  int error;
  int event;
  int major = 2, minor = 2;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL || !XDamageQueryExtension (self->display, &self->damage_event, &error)
      || !XShmQueryExtension (self->display)
      || !XQueryExtension (self->display, "XInputExtension", &self->input_opcode, &event, &error)
      || XIQueryVersion (self->display, &major, &minor) != Success)
    return FALSE;
  self->root = DefaultRootWindow (self->display);
  return TRUE;
}

static void
prepare_image (Watch *self)
{
  int screen = DefaultScreen (self->display);
  guint width = (guint) DisplayWidth (self->display, screen);
  guint height = (guint) DisplayHeight (self->display, screen);

  self->image = XShmCreateImage (self->display, DefaultVisual (self->display, screen),
                                 (guint) DefaultDepth (self->display, screen), ZPixmap, NULL,
                                 &self->shared, width, height);
  g_assert (self->image->bits_per_pixel == 32);
  self->shared.shmid
      = shmget (IPC_PRIVATE, (gsize) self->image->bytes_per_line * height, IPC_CREAT | 0600);
  self->shared.shmaddr = self->image->data = shmat (self->shared.shmid, NULL, 0);
  XShmAttach (self->display, &self->shared);
  XSync (self->display, False);
  shmctl (self->shared.shmid, IPC_RMID, NULL);
  self->columns = (width + TILE - 1) / TILE;
  self->rows = (height + TILE - 1) / TILE;
}

static void
select_events (Watch *self)
{
  unsigned char bits[XIMaskLen (XI_RawMotion)] = { 0 };
  XIEventMask mask = { XIAllMasterDevices, sizeof bits, bits };

  XISetMask (bits, XI_RawKeyPress);
  XISetMask (bits, XI_RawButtonPress);
  XISelectEvents (self->display, self->root, &mask, 1);
  XSelectInput (self->display, self->root, SubstructureNotifyMask);
  self->damage = XDamageCreate (self->display, self->root, XDamageReportNonEmpty);
  XSync (self->display, False);
}

static guint64
number_of_tile (const XImage *image, guint left, guint top)
{
  guint right = MIN (left + TILE, (guint) image->width);
  guint bottom = MIN (top + TILE, (guint) image->height);
  guint64 number = G_GUINT64_CONSTANT (14695981039346656037);

  for (guint y = top; y < bottom; y++)
    {
      const guint32 *row = (const guint32 *) (image->data + (gsize) y * image->bytes_per_line);

      for (guint x = left; x < right; x++)
        number = (number ^ (row[x] & 0xffffff)) * G_GUINT64_CONSTANT (1099511628211);
    }
  return number;
}

/* More colours than an empty window has; looked at on every eighth row. */
static gboolean
is_drawn (const XImage *image)
{
  guint32 seen[DRAWN_COLORS];
  guint n = 0;

  for (int y = 0; y < image->height; y += 8)
    for (int x = 0; x < image->width; x++)
      {
        guint32 color
            = ((const guint32 *) (image->data + (gsize) y * image->bytes_per_line))[x] & 0xffffff;
        guint i = 0;

        while (i < n && seen[i] != color)
          i++;
        if (i < n)
          continue;
        if (n == DRAWN_COLORS)
          return TRUE;
        seen[n++] = color;
      }
  return FALSE;
}

static void
take_picture (Watch *self)
{
  gboolean was_drawn = self->pictures->len > 0
                       && g_array_index (self->pictures, Picture, self->pictures->len - 1).is_drawn;
  Picture picture = { 0 };

  XDamageSubtract (self->display, self->damage, None, None);
  XShmGetImage (self->display, self->root, self->image, 0, 0, AllPlanes);
  picture.at_us = g_get_monotonic_time ();
  picture.tiles = g_new (guint64, self->columns * self->rows);
  for (guint row = 0; row < self->rows; row++)
    for (guint column = 0; column < self->columns; column++)
      picture.tiles[row * self->columns + column]
          = number_of_tile (self->image, column * TILE, row * TILE);
  picture.is_drawn = was_drawn || is_drawn (self->image);
  g_array_append_val (self->pictures, picture);
}

/* Returns: whether something was drawn */
static gboolean
take_events (Watch *self)
{
  gboolean is_damaged = FALSE;

  while (XPending (self->display) > 0)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == self->damage_event + XDamageNotify)
        is_damaged = TRUE;
      else if (event.type == MapNotify && self->map_us == 0)
        self->map_us = g_get_monotonic_time ();
      else if (event.type == GenericEvent && event.xcookie.extension == self->input_opcode
               && self->begin_us == 0)
        self->begin_us = g_get_monotonic_time ();
    }
  return is_damaged;
}

static void
wait_for_events (Watch *self, int milliseconds)
{
  struct pollfd fd = { ConnectionNumber (self->display), POLLIN, 0 };

  XFlush (self->display);
  if (XPending (self->display) == 0)
    poll (&fd, 1, milliseconds);
}

static gboolean
wait_for_input (Watch *self)
{
  gint64 until_us = g_get_monotonic_time () + LONGEST_WAIT_MS * 1000;

  g_print ("ready\n");
  while (self->begin_us == 0 && g_get_monotonic_time () < until_us)
    {
      wait_for_events (self, 100);
      if (!take_events (self))
        continue;
      if (self->begin_us == 0)
        g_array_set_size (self->pictures, 0);
      take_picture (self);
    }
  return self->begin_us != 0;
}

static void
watch (Watch *self, gint64 milliseconds)
{
  gint64 until_us = self->begin_us + milliseconds * 1000;
  gint64 left_us;

  while ((left_us = until_us - g_get_monotonic_time ()) > 0)
    {
      wait_for_events (self, (int) (left_us / 1000) + 1);
      if (take_events (self))
        take_picture (self);
    }
}

static guint
count_different (Watch *self, guint picture, guint other)
{
  const guint64 *a = g_array_index (self->pictures, Picture, picture).tiles;
  const guint64 *b = g_array_index (self->pictures, Picture, other).tiles;
  guint n = 0;

  for (guint i = 0; i < self->columns * self->rows; i++)
    n += a[i] != b[i] ? 1 : 0;
  return n;
}

/* The first picture was taken before the beginning. */
static gint64
find_done (Watch *self)
{
  guint last = self->pictures->len - 1;
  guint changed = count_different (self, 0, last);
  guint done = last;

  if (changed == 0)
    return 0;
  /* Backwards: a picture that looked so before and then differently was not the final one. */
  while (done > 1 && count_different (self, done - 1, last) <= (guint) ((1 - DONE_SHARE) * changed))
    done--;
  return g_array_index (self->pictures, Picture, done).at_us;
}

static gint64
find_first (Watch *self)
{
  for (guint i = 1; i < self->pictures->len; i++)
    if (g_array_index (self->pictures, Picture, i).is_drawn)
      return g_array_index (self->pictures, Picture, i).at_us;
  return 0;
}

static void
print_time (const Watch *self, const char *name, gint64 at_us, const char *end)
{
  if (at_us == 0)
    g_print ("\"%s\": null%s", name, end);
  else
    g_print ("\"%s\": %.1f%s", name, (double) (at_us - self->begin_us) / 1000, end);
}

static pid_t
start (char **argv)
{
  pid_t pid = fork ();

  if (pid != 0)
    return pid;
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  dup2 (open ("/dev/null", O_RDWR), STDIN_FILENO);
  dup2 (STDIN_FILENO, STDOUT_FILENO);
  execvp (argv[0], argv);
  _exit (127);
}

static void
end (pid_t pid)
{
  kill (pid, SIGTERM);
  for (guint i = 0; i < 500; i++)
    {
      if (waitpid (pid, NULL, WNOHANG) != 0)
        return;
      g_usleep (10 * 1000);
    }
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

int
main (int argc, char **argv)
{
  Watch self = { 0 };
  pid_t pid = 0;
  char byte;

  if (argc < 2)
    {
      g_printerr ("usage: watch-paint MILLISECONDS [PROGRAM ARGUMENT...]\n");
      return 2;
    }
  if (!open_screen (&self))
    {
      g_printerr ("watch-paint: no display with the extensions DAMAGE, MIT-SHM and XInput\n");
      return 1;
    }
  self.pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  g_array_set_clear_func (self.pictures, clear_picture);
  prepare_image (&self);
  select_events (&self);
  take_picture (&self);
  if (argc > 2)
    {
      self.begin_us = g_get_monotonic_time ();
      pid = start (argv + 2);
    }
  else if (!wait_for_input (&self))
    return 1;
  watch (&self, atoi (argv[1]));
  g_print ("{\"pid\": %d, ", (int) pid);
  print_time (&self, "map", self.map_us, ", ");
  print_time (&self, "first", find_first (&self), ", ");
  print_time (&self, "done", find_done (&self), "}\n");
  if (pid > 0)
    {
      while (read (STDIN_FILENO, &byte, 1) > 0)
        ;
      end (pid);
    }
  XShmDetach (self.display, &self.shared);
  XDestroyImage (self.image);
  shmdt (self.shared.shmaddr);
  g_array_unref (self.pictures);
  XCloseDisplay (self.display);
  return 0;
}
