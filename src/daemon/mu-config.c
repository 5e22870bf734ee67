/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-config.h"

#include "mu-device-match.h"
#include "mu-error.h"
#include "mu-log.h"

#include <string.h>

typedef enum
{
  KIND_TEXT,   /* up to max characters */
  KIND_DIGITS, /* min to max of them, or nothing */
  KIND_WORD,
  KIND_WORDS, /* any of them, word;word */
  KIND_FLAG,
  KIND_NUMBER, /* min to max */
  KIND_PATH,   /* absolute, or nothing */
  KIND_IDS,    /* vid:pid;vid:pid */
} Kind;

typedef struct
{
  const char *group;
  const char *key;
  const char *value; /* the default */
  Kind        kind;
  guint       min, max;
  const char *words;  /* "none pap chap" */
  gboolean    secret; /* not printed */
} Key;

#define TEXT(longest)    .kind = KIND_TEXT, .max = longest
#define DIGITS(from, to) .kind = KIND_DIGITS, .min = from, .max = to
#define WORD(list)       .kind = KIND_WORD, .words = list
#define WORDS(list)      .kind = KIND_WORDS, .words = list
#define FLAG             .kind = KIND_FLAG
#define NUMBER(from, to) .kind = KIND_NUMBER, .min = from, .max = to

/* The MU709's speeds: guide 3.1.  0: the module finds out. */
#define BAUDS "0 9600 19200 38400 57600 115200 230400 460800 921600"
/* 23.038 6.2.1.2.4 */
#define LANGUAGES                                                                                  \
  "turkish spanish portuguese bengali gujarati hindi kannada malayalam oriya punjabi tamil "       \
  "telugu urdu"
/* EN 15722: vehicle categories and propulsion storage */
#define VEHICLES    "m1 m2 m3 n1 n2 n3 l1e l2e l3e l4e l5e l6e l7e"
#define PROPULSIONS "gasoline diesel cng lpg electric hydrogen other"

static const Key keys[] = {
  { "daemon", "log-level", "info", WORD ("error warning info debug") },
  { "daemon", "log-personal-data", "false", FLAG },
  { "daemon", "modemmanager-facade", "false", FLAG },
  { "device", "ids", "", .kind = KIND_IDS },
  { "device", "uart", "", .kind = KIND_PATH },
  { "device", "baud", "0", WORD (BAUDS) },
  { "device", "flow-control", "none", WORD ("none hardware") },
  { "sim", "pin", "", DIGITS (4, 8), .secret = TRUE },
  { "network", "roaming", "false", FLAG },
  { "data", "apn", "", TEXT (99) },
  { "data", "user", "", TEXT (99) },
  { "data", "password", "", TEXT (99), .secret = TRUE },
  { "data", "auth", "auto", WORD ("auto none pap chap") },
  { "data", "bearer", "auto", WORD ("auto ecm ppp") },
  { "data", "auto-connect", "false", FLAG },
  { "data", "ppp-route-metric", "700", NUMBER (0, 65535) },
  { "messaging", "keep-on-sim", "false", FLAG },
  { "messaging", "retention-days", "0", NUMBER (0, 36500) },
  { "messaging", "max-messages", "100000", NUMBER (100, 1000000) },
  { "messaging", "reports", "false", FLAG },
  { "messaging", "retries", "0", NUMBER (0, 10) },
  { "messaging", "languages", "", WORDS (LANGUAGES) },
  { "internet", "apn", "", TEXT (99) },
  { "internet", "user", "", TEXT (99) },
  { "internet", "password", "", TEXT (99), .secret = TRUE },
  { "internet", "auth", "none", WORD ("none pap chap") },
  { "ecall", "vin", "", TEXT (17) },
  { "ecall", "vehicle-type", "m1", WORD (VEHICLES) },
  { "ecall", "propulsion", "gasoline", WORD (PROPULSIONS) },
  { "ecall", "number", "", DIGITS (1, 20) },
};

/* [sim 8949...] has the keys of [sim], for one card. */
#define CARD_GROUP "sim "

static const Key *
find_key (const char *group, const char *key)
{
  if (g_str_has_prefix (group, CARD_GROUP))
    group = "sim";
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].key, key))
      return &keys[i];
  return NULL;
}

/* ---- checking ---- */

static gboolean
is_word (const char *value, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *)list, value);
}

static gboolean
are_words (const char *value, const char *words)
{
  g_auto (GStrv) list = g_strsplit (value, ";", -1);

  for (char **word = list; *word != NULL; word++)
    if (!is_word (*word, words) && value[0] != '\0')
      return FALSE;
  return TRUE;
}

static gboolean
are_ids (const char *value)
{
  g_auto (GStrv) ids = g_strsplit (value, ";", -1);

  for (char **id = ids; *id != NULL; id++)
    if (**id != '\0' && !mu_device_match_is_id (*id))
      return FALSE;
  return TRUE;
}

static gboolean
are_digits (const Key *key, const char *value)
{
  gsize len = strlen (value);

  return len == 0
         || (len >= key->min && len <= key->max && value[strspn (value, "0123456789")] == '\0');
}

static gboolean
is_right (const Key *key, const char *value)
{
  switch (key->kind)
    {
    case KIND_TEXT: return strlen (value) <= key->max;
    case KIND_DIGITS: return are_digits (key, value);
    case KIND_WORD: return is_word (value, key->words);
    case KIND_WORDS: return are_words (value, key->words);
    case KIND_FLAG: return is_word (value, "true false");
    case KIND_NUMBER: return g_ascii_string_to_unsigned (value, 10, key->min, key->max, NULL, NULL);
    case KIND_PATH: return value[0] == '\0' || g_path_is_absolute (value);
    case KIND_IDS: return are_ids (value);
    }
  g_assert_not_reached ();
}

/* What is said of a value that is not right. */
static char *
complaint (const Key *key)
{
  switch (key->kind)
    {
    case KIND_TEXT: return g_strdup_printf ("more than %u bytes", key->max);
    case KIND_DIGITS: return g_strdup_printf ("not %u to %u digits", key->min, key->max);
    case KIND_WORD: return g_strdup_printf ("not one of: %s", key->words);
    case KIND_WORDS: return g_strdup_printf ("not a list of: %s", key->words);
    case KIND_FLAG: return g_strdup ("neither true nor false");
    case KIND_NUMBER: return g_strdup_printf ("not a number from %u to %u", key->min, key->max);
    case KIND_PATH: return g_strdup ("not an absolute path");
    case KIND_IDS: return g_strdup ("not a list such as 12d1:1c25;12d1:15c1");
    }
  g_assert_not_reached ();
}

static gboolean
check_key (const char *file, GKeyFile *from, const char *group, const char *name, GError **error)
{
  const Key       *key = find_key (group, name);
  g_autofree char *value = NULL;
  g_autofree char *why = NULL;

  if (key == NULL)
    {
      mu_log (MU_LOG_WARNING, NULL, "%s: [%s] %s is not known", file, group, name);
      return TRUE;
    }
  value = g_key_file_get_string (from, group, name, NULL);
  if (value != NULL && is_right (key, value))
    return TRUE;
  why = value != NULL ? complaint (key) : g_strdup ("not readable");
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s: [%s] %s: %s", file, group, name, why);
}

/* ---- reading ---- */

static gboolean
merge (GKeyFile *into, const char *file, GKeyFile *from, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (from, NULL);

  for (char **group = groups; *group != NULL; group++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (from, *group, NULL, NULL);

      for (char **name = names; *name != NULL; name++)
        {
          g_autofree char *value = NULL;

          if (!check_key (file, from, *group, *name, error))
            return FALSE;
          value = g_key_file_get_value (from, *group, *name, NULL);
          g_key_file_set_value (into, *group, *name, value);
        }
    }
  return TRUE;
}

static gboolean
is_line (const char *line, gboolean *in_group)
{
  gboolean is_group = line[0] == '[' && g_str_has_suffix (line, "]");

  *in_group |= is_group;
  return is_group || line[0] == '\0' || line[0] == '#'
         || (*in_group && line[0] != '=' && line[0] != '[' && strchr (line, '=') != NULL);
}

/* GLib's error repeats the line, which may hold a secret: only its number is told. */
static gboolean
fail_broken (const char *file, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean       in_group = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_line (g_strstrip (lines[i]), &in_group))
      return mu_fail (error, MU_ERROR_INVALID_ARGUMENT,
                      "%s: line %u: neither [group] nor key=value in a group", file, i + 1);
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s: not a configuration file", file);
}

/* Not g_key_file_load_from_file(): it takes no /dev/null. */
static gboolean
read_file (GKeyFile *into, const char *file, gboolean may_be_missing, GError **error)
{
  g_autoptr (GKeyFile) from = g_key_file_new ();
  g_autoptr (GError)   own = NULL;
  g_autofree char     *text = NULL;
  gsize                len;

  if (g_file_get_contents (file, &text, &len, &own)
      && (len == 0 || g_key_file_load_from_data (from, text, len, G_KEY_FILE_NONE, &own)))
    return merge (into, file, from, error);
  if (may_be_missing && g_error_matches (own, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (own->domain == G_KEY_FILE_ERROR)
    return fail_broken (file, text, error);
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s: %s", file, own->message);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
read_snippets (GKeyFile *into, const char *directory, GError **error)
{
  g_autoptr (GDir)      dir = g_dir_open (directory, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".conf"))
      g_ptr_array_add (names, g_build_filename (directory, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (!read_file (into, names->pdata[i], FALSE, error))
      return FALSE;
  return TRUE;
}

/* Whoever asks the key file finds them; "" is what is not there, too. */
static void
set_defaults (GKeyFile *config)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].value[0] != '\0' && !g_key_file_has_key (config, keys[i].group, keys[i].key, NULL))
      g_key_file_set_string (config, keys[i].group, keys[i].key, keys[i].value);
}

GKeyFile *
mu_config_load (const char *file, GError **error)
{
  g_autoptr (GKeyFile) config = g_key_file_new ();
  gboolean             ok;

  if (file != NULL)
    ok = read_file (config, file, FALSE, error);
  else
    ok = read_file (config, CONFDIR "/mu709d.conf", TRUE, error)
         && read_snippets (config, CONFDIR "/conf.d", error);
  if (!ok)
    return NULL;
  set_defaults (config);
  return g_steal_pointer (&config);
}

/* ---- using ---- */

char *
mu_config_text (GKeyFile *config, const char *group, const char *key)
{
  char *value = g_key_file_get_string (config, group, key, NULL);

  return value != NULL ? value : g_strdup (find_key (group, key)->value);
}

gboolean
mu_config_flag (GKeyFile *config, const char *group, const char *key)
{
  g_autofree char *value = mu_config_text (config, group, key);

  return g_str_equal (value, "true");
}

char **
mu_config_list (GKeyFile *config, const char *group, const char *key)
{
  g_autofree char *value = mu_config_text (config, group, key);

  return g_strsplit (value, ";", -1);
}

static void
print_key (GString *out, GKeyFile *config, const char *group, const Key *key)
{
  g_autofree char *value = mu_config_text (config, group, key->key);
  gboolean         starred = key->secret && value[0] != '\0';

  g_string_append_printf (out, "%s=%s\n", key->key, starred ? "***" : value);
}

static void
print_cards (GString *out, GKeyFile *config)
{
  g_auto (GStrv) groups = g_key_file_get_groups (config, NULL);

  for (char **group = groups; *group != NULL; group++)
    if (g_str_has_prefix (*group, CARD_GROUP))
      {
        g_string_append_printf (out, "\n[%s]\n", *group);
        print_key (out, config, *group, find_key ("sim", "pin"));
      }
}

char *
mu_config_print (GKeyFile *config)
{
  GString    *out = g_string_new (NULL);
  const char *group = "";

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (!g_str_equal (group, keys[i].group))
        {
          g_string_append_printf (out, "%s[%s]\n", i > 0 ? "\n" : "", keys[i].group);
          group = keys[i].group;
        }
      print_key (out, config, group, &keys[i]);
    }
  print_cards (out, config);
  return g_string_free (out, FALSE);
}
