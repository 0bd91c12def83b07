/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "xmpp-location.h"

#include "xmpp-node.h"
#include "xmpp-ns.h"
#include "xmpp-spec.h"

#include <math.h>
#include <string.h>

#define SCHEME "geo:"
#define MAX_NUMBER 32 /* characters */

gboolean
xmpp_location_is_on_earth (double latitude, double longitude)
{
  return isfinite (latitude) && isfinite (longitude) && fabs (latitude) <= 90
         && fabs (longitude) <= 180;
}

/* Neither exponents nor words, as in RFC 5870; *ret_end: what stands behind it. */
static gboolean
parse_number (const char *text, const char **ret_end, double *ret_value)
{
  const char *p = text;
  const char *digits;
  char number[MAX_NUMBER + 1];

  if (*p == '-' || *p == '+')
    p++;
  digits = p;
  while (g_ascii_isdigit (*p))
    p++;
  if (p > digits && p[0] == '.' && g_ascii_isdigit (p[1]))
    for (p++; g_ascii_isdigit (*p);)
      p++;
  if (p == digits || p - text > MAX_NUMBER)
    return FALSE;
  memcpy (number, text, (gsize) (p - text));
  number[p - text] = '\0';
  *ret_value = g_ascii_strtod (number, NULL);
  *ret_end = p;
  return TRUE;
}

static gboolean
read_degrees (const xmlNode *geoloc, const char *name, double *ret_value)
{
  g_autofree char *text = xmpp_node_dup_child_text (geoloc, name, XMPP_NS_GEOLOC);
  const char *end;

  return text != NULL && parse_number (g_strstrip (text), &end, ret_value) && *end == '\0';
}

gboolean
xmpp_location_read (const xmlNode *message, XmppLocation *ret_location)
{
  const xmlNode *geoloc = xmpp_node_child (message, "geoloc", XMPP_NS_GEOLOC);
  double latitude, longitude;

  if (!read_degrees (geoloc, "lat", &latitude) || !read_degrees (geoloc, "lon", &longitude)
      || !xmpp_location_is_on_earth (latitude, longitude))
    return FALSE;
  ret_location->latitude = latitude;
  ret_location->longitude = longitude;
  ret_location->description = xmpp_node_dup_child_text (geoloc, "description", XMPP_NS_GEOLOC);
  if (ret_location->description == NULL)
    ret_location->description = xmpp_node_dup_child_text (geoloc, "text", XMPP_NS_GEOLOC);
  return TRUE;
}

void
xmpp_location_clear (XmppLocation *location)
{
  g_clear_pointer (&location->description, g_free);
}

static char *
format_degrees (double degrees)
{
  char buffer[MAX_NUMBER];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.7f", degrees);
  for (end = buffer + strlen (buffer); end[-1] == '0'; end--)
    ;
  if (end[-1] == '.')
    end--;
  *end = '\0';
  return g_strdup (strcmp (buffer, "-0") == 0 ? "0" : buffer);
}

void
xmpp_location_append (xmlNode *message, const XmppLocation *location)
{
  g_autofree char *lat = format_degrees (location->latitude);
  g_autofree char *lon = format_degrees (location->longitude);
  const char *description = location->description;

  if (description != NULL && *description == '\0')
    description = NULL;
  xmpp_spec_append (message,
                    XMPP_SPEC (XMPP_EL ("geoloc", XMPP_NS_GEOLOC, XMPP_TEXT_EL ("lat", NULL, lat),
                                        XMPP_TEXT_EL ("lon", NULL, lon),
                                        XMPP_TEXT_EL ("description", NULL, description))));
}

char *
xmpp_location_to_uri (double latitude, double longitude)
{
  g_autofree char *lat = format_degrees (latitude);
  g_autofree char *lon = format_degrees (longitude);

  return g_strconcat (SCHEME, lat, ",", lon, NULL);
}

gboolean
xmpp_location_parse_uri (const char *text, double *ret_latitude, double *ret_longitude)
{
  const char *p = text;
  double latitude, longitude, altitude;

  if (g_ascii_strncasecmp (p, SCHEME, strlen (SCHEME)) != 0)
    return FALSE;
  if (!parse_number (p + strlen (SCHEME), &p, &latitude) || *p != ','
      || !parse_number (p + 1, &p, &longitude))
    return FALSE;
  if (*p == ',' && !parse_number (p + 1, &p, &altitude))
    return FALSE;
  if (*p != '\0' && *p != ';' && *p != '?')
    return FALSE;
  for (; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  if (!xmpp_location_is_on_earth (latitude, longitude))
    return FALSE;
  *ret_latitude = latitude;
  *ret_longitude = longitude;
  return TRUE;
}
