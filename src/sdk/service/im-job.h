/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "im-call.h"

/* One API call with its parsed parameters, on its way from any thread to the network thread. */

typedef struct _ImSession ImSession;
typedef struct _ImJob ImJob;

/* Network thread; answers request->call now or later. */
typedef void (*ImJobFunc) (ImSession *session, ImJob *request);

struct _ImJob
{
  ImJobFunc run;
  ImCall *call;      /* owned; NULL until it is posted */
  char *conv_id;     /* owned, nullable */
  int conv_type;     /* TIMConvType */
  char *msg_id;      /* owned, nullable: of the message to be sent, or meant */
  char *path;        /* owned, nullable: of a file to be written */
  char *text;        /* owned, nullable: a reaction */
  gpointer param;    /* owned codec object, nullable: "nothing given" */
  GPtrArray *params; /* owned codec objects, nullable: the argument is no array */
  char **strings;    /* owned, nullable: the argument is no array of strings */
  guint64 from;      /* of a page: where it begins, 0: at the first */
  guint count;       /* of a page */
  guint64 option;    /* what is to be set; im-settings.h */
  gboolean enable;   /* set, or taken away */
};

void im_job_free (ImJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImJob, im_job_free)
