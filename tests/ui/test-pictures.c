/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main states of the window, each left as a picture to be looked at. What can be told without
 * eyes is asserted on the way. */
#include "im-error.h"
#include "linnet-error.h"
#include "ui-demo.h"

#define UNKNOWN_CERTIFICATE                                                                        \
  "self-signed sha256:3f2a91bc77e0d4415c6a8b90112233445566778899aabbccddeeff0011223344"

static void
set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_DEFAULT);
}

static void
open_filled (Demo *demo, int width, int height)
{
  demo_open (demo, width, height);
  demo_fill (demo);
  demo_sign_in (demo);
}

static void
test_main (void)
{
  Demo demo;

  open_filled (&demo, 1100, 760);
  ui_screenshot (GTK_WIDGET (demo.window), "no-selection");
  demo_show (&demo, "Mei Lin");
  fake_backend_deliver (demo.backend, "Mei Lin", "Shall I book the seats?");
  fake_backend_peer_reads (demo.backend, "Mei Lin", demo_time (0, 9, 41));
  demo_settle (&demo);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (demo.window), "New messages"));
  ui_screenshot (GTK_WIDGET (demo.window), "main-wide");
  set_dark (TRUE);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "main-dark");
  set_dark (FALSE);
  demo_close (&demo);
}

static void
test_narrow (void)
{
  Demo demo;

  open_filled (&demo, 360, 640);
  ui_screenshot (GTK_WIDGET (demo.window), "narrow-list");
  demo_show (&demo, "Mei Lin");
  ui_screenshot (GTK_WIDGET (demo.window), "narrow-chat");
  demo_close (&demo);
}

static void
test_mirrored (void)
{
  Demo demo;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  open_filled (&demo, 1100, 760);
  fake_backend_receive (demo.backend, "Mei Lin", "Mei Lin",
                        "ممتاز — إذن نأخذ قطار 8:14 ونصل قبل الزحام. لقد راجعت المواعيد والقطار "
                        "التالي بعد ساعة كاملة ويقف في كل مكان.",
                        demo_time (0, 9, 55));
  demo_show (&demo, "Mei Lin");
  ui_screenshot (GTK_WIDGET (demo.window), "rtl");
  demo_close (&demo);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_scripts (void)
{
  static const char *const texts[] = {
    "周日天气怎么样？要带雨衣吗？听说下午可能有雷阵雨，如果下雨我们就去博物馆，晚上一起吃饭。",
    "Dry until three, then maybe a shower. 好的，明天见！",
    "صباح الخير! جسر Kaltenbach مفتوح من جديد، فجولة البحيرة ممكنة. نلتقي في المحطة عند الثامنة.",
    "Averyveryverylongwordwithoutanyblankthatmustbebrokensomewhereorthebubblewouldgrowbeyondthewind"
    "ow",
    "👍🏽👩‍👩‍👧‍👦🎉",
    "Line one\nline two\n\nline four",
  };
  Demo demo;

  open_filled (&demo, 800, 700);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fake_backend_add_message (demo.backend, "陈晓明", i % 3 == 1 ? NULL : "陈晓明", texts[i],
                              demo_time (0, 9, (int) i * 7));
  demo_show (&demo, "陈晓明");
  ui_screenshot (GTK_WIDGET (demo.window), "scripts");
  demo_close (&demo);
}

static void
test_empty (void)
{
  Demo demo;

  demo_open (&demo, 900, 640);
  demo_sign_in (&demo);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (demo.window), "No Conversations Yet"));
  ui_screenshot (GTK_WIDGET (demo.window), "empty-list");
  fake_backend_add_conversation (demo.backend, "nobody", 0);
  demo_close (&demo);

  demo_open (&demo, 900, 640);
  fake_backend_add_conversation (demo.backend, "Hana Sato", 0);
  demo_sign_in (&demo);
  demo_show (&demo, "Hana Sato");
  g_assert_nonnull (ui_find_text (GTK_WIDGET (demo.window), "Say Hello"));
  ui_screenshot (GTK_WIDGET (demo.window), "say-hello");
  demo_close (&demo);
}

static void
test_failed (void)
{
  Demo demo;

  open_filled (&demo, 900, 640);
  demo_show (&demo, "Priya Nair");
  linnet_conversation_send_text (linnet_session_get_conversation (demo.session, "c2c:Priya Nair"),
                                 "This one arrives");
  demo_settle (&demo);
  fake_backend_fail_sends (demo.backend, 80002);
  linnet_conversation_send_text (linnet_session_get_conversation (demo.session, "c2c:Priya Nair"),
                                 "This one is longer than the server likes");
  ui_wait_until (ui_find_text (GTK_WIDGET (demo.window), "Retry") != NULL);
  fake_backend_hold (demo.backend, TRUE);
  linnet_conversation_send_text (linnet_session_get_conversation (demo.session, "c2c:Priya Nair"),
                                 "This one waits");
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "failed");
  gtk_window_set_default_size (GTK_WINDOW (demo.window), 360, 640);
  ui_wait_until (gtk_widget_get_width (GTK_WIDGET (demo.window)) < 400);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "failed-narrow");
  fake_backend_hold (demo.backend, FALSE);
  demo_settle (&demo);
  demo_close (&demo);
}

static void
test_older_failed (void)
{
  Demo demo;

  demo_open (&demo, 900, 640);
  fake_backend_add_history (demo.backend, "Ada Okafor", 200, demo_time (0, 9, 0));
  demo_sign_in (&demo);
  fake_backend_fail_load (demo.backend);
  demo_show (&demo, "Ada Okafor");
  ui_screenshot (GTK_WIDGET (demo.window), "load-failed");
  demo_close (&demo);
}

static void
test_banners (void)
{
  Demo demo;

  open_filled (&demo, 900, 640);
  demo_show (&demo, "Mei Lin");
  linnet_backend_emit_connection_changed (LINNET_BACKEND (demo.backend), LINNET_CONNECTION_OFFLINE,
                                          "", 9512, "");
  ui_wait_until (linnet_session_get_banner (demo.session) == LINNET_BANNER_OFFLINE);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "banner-offline");
  linnet_backend_emit_connection_changed (LINNET_BACKEND (demo.backend), LINNET_CONNECTION_ONLINE,
                                          "", 0, "");
  linnet_backend_emit_kicked (LINNET_BACKEND (demo.backend));
  ui_wait_until (linnet_session_get_banner (demo.session) == LINNET_BANNER_KICKED);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "banner-kicked");
  gtk_window_set_default_size (GTK_WINDOW (demo.window), 360, 500);
  ui_wait_until (gtk_widget_get_width (GTK_WIDGET (demo.window)) < 400);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "banner-narrow");
  demo_close (&demo);
}

static void
set_entry (Demo *demo, GType type, guint nth, const char *text)
{
  GtkWidget *page = ui_find_type (GTK_WIDGET (demo->window), g_type_from_name ("LinnetSignInPage"));
  GtkWidget *row = ui_find_nth_type (page, type, nth);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
press_button (Demo *demo, const char *label)
{
  GtkWidget *button = ui_find_button (GTK_WIDGET (demo->window), label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  demo_settle (demo);
}

static gboolean
is_logged (Demo *demo, const char *line)
{
  return g_ptr_array_find_with_equal_func (fake_backend_get_log (demo->backend), line, g_str_equal,
                                           NULL);
}

static void
test_sign_in (void)
{
  Demo demo;

  demo_open (&demo, 700, 600);
  ui_screenshot (GTK_WIDGET (demo.window), "welcome");
  press_button (&demo, "Sign In");
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in");
  set_entry (&demo, ADW_TYPE_ENTRY_ROW, 0, "mina@example.org");
  set_entry (&demo, ADW_TYPE_PASSWORD_ENTRY_ROW, 0, "secret password");
  fake_backend_hold (demo.backend, TRUE);
  fake_backend_fail_sign_in (demo.backend, LINNET_ERROR_WRONG_PASSWORD, "not-authorized");
  press_button (&demo, "Sign In");
  linnet_backend_emit_connection_changed (LINNET_BACKEND (demo.backend),
                                          LINNET_CONNECTION_CONNECTING, "Secure connection", 0, "");
  linnet_backend_emit_connection_changed (LINNET_BACKEND (demo.backend),
                                          LINNET_CONNECTION_CONNECTING, "Signing in", 0, "");
  demo_settle (&demo);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (demo.window), "Cancel"));
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-working");
  fake_backend_hold (demo.backend, FALSE);
  ui_wait_until (linnet_session_get_state (demo.session) == LINNET_SESSION_SIGNED_OUT);
  demo_settle (&demo);
  g_assert_nonnull (
      ui_find_text (GTK_WIDGET (demo.window), "This password is not right for mina@example.org."));
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-password");
  fake_backend_fail_sign_in (demo.backend, LINNET_ERROR_UNTRUSTED, UNKNOWN_CERTIFICATE);
  press_button (&demo, "Sign In");
  ui_wait_until (ui_find_text (GTK_WIDGET (demo.window), "Details…") != NULL);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-certificate");
  fake_backend_fail_sign_in (demo.backend, LINNET_ERROR_STORE,
                             IM_ERROR_DATABASE_DAMAGED " (malformed)");
  press_button (&demo, "Sign In");
  ui_wait_until (ui_find_text (GTK_WIDGET (demo.window), "Begin Anew") != NULL);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-damaged");
  fake_backend_fail_sign_in (demo.backend, LINNET_ERROR_NETWORK, "");
  press_button (&demo, "Begin Anew");
  ui_wait_until (linnet_session_get_state (demo.session) == LINNET_SESSION_SIGNED_OUT);
  demo_settle (&demo);
  g_assert_true (is_logged (&demo, "sign-in mina@example.org anew"));
  g_assert_null (ui_find_text (GTK_WIDGET (demo.window), "Begin Anew"));
  fake_backend_fail_sign_in (demo.backend, LINNET_ERROR_UNKNOWN_HOST, "");
  press_button (&demo, "Sign In");
  ui_wait_until (linnet_session_get_state (demo.session) == LINNET_SESSION_SIGNED_OUT);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-address");
  gtk_window_set_default_size (GTK_WINDOW (demo.window), 360, 640);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-narrow");
  set_dark (TRUE);
  demo_settle (&demo);
  ui_screenshot (GTK_WIDGET (demo.window), "sign-in-dark");
  set_dark (FALSE);
  demo_close (&demo);
}

static void
test_large_text (void)
{
  Demo demo;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 2 * 1024, NULL);
  open_filled (&demo, 1100, 760);
  demo_show (&demo, "Mei Lin");
  ui_screenshot (GTK_WIDGET (demo.window), "large-text");
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  demo_close (&demo);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/ui/pictures/main", test_main);
  g_test_add_func ("/ui/pictures/narrow", test_narrow);
  g_test_add_func ("/ui/pictures/mirrored", test_mirrored);
  g_test_add_func ("/ui/pictures/scripts", test_scripts);
  g_test_add_func ("/ui/pictures/empty", test_empty);
  g_test_add_func ("/ui/pictures/failed", test_failed);
  g_test_add_func ("/ui/pictures/older-failed", test_older_failed);
  g_test_add_func ("/ui/pictures/banners", test_banners);
  g_test_add_func ("/ui/pictures/sign-in", test_sign_in);
  g_test_add_func ("/ui/pictures/large-text", test_large_text);
  return g_test_run ();
}
