/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signed-in window on a fake backend, with people who have something to say. */
#pragma once

#include "fake-backend.h"
#include "linnet-window.h"
#include "ui-test.h"

typedef struct
{
  FakeBackend *backend;
  LinnetSession *session;
  LinnetSettings *settings;
  LinnetWindow *window;
} Demo;

/* Nobody is signed in; the window is shown in this size. */
void demo_open (Demo *demo, int width, int height);
/* Everything goes away, and nothing is left of it. */
void demo_close (Demo *demo);

/* Fills in conversations with messages of today and before. Before demo_sign_in. */
void demo_fill (Demo *demo);
void demo_sign_in (Demo *demo);
/* Shows a conversation and waits until its messages stand still. */
void demo_show (Demo *demo, const char *id);
void demo_settle (Demo *demo);

/* 9:41 today and so on, whatever the time of day is. */
gint64 demo_time (int days_ago, int hour, int minute);
