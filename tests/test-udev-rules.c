/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the rules file more strictly than udev, which overlooks what it does not understand, and
 * holds it against the daemon's own table. */
#include "mu-device-match.h"
#include "mu-test.h"

#include <glib.h>

typedef struct
{
  char *key; /* ENV */
  char *sub; /* ID_MU709_ROLE; "" if the key has none */
  char *op;
  char *value;
} Term;

/* A device and its parents: each ATTRS of a rule must be of one and the same of them. */
typedef struct
{
  const char *subsystem, *name;
  const char *attributes[8]; /* name, value ... NULL */
} Node;

typedef struct
{
  const Node *chain; /* the device first, NULL-terminated by a subsystem of NULL */
  const Node *found; /* whom the parents' keys of the rule mean */
  GHashTable *env;
  GString    *done; /* what else the rules ask for: "GROUP=mu709 " */
} Event;

static GPtrArray *rules; /* of GPtrArray of Term */

static void
term_free (gpointer data)
{
  Term *self = data;

  g_free (self->key);
  g_free (self->sub);
  g_free (self->op);
  g_free (self->value);
  g_free (self);
}

static const char *const forms[] = {
  "ACTION==", "SUBSYSTEM==", "SUBSYSTEM!=", "SUBSYSTEMS==", "ATTRS{}==", "ENV{}==",
  "ENV{}!=",  "ENV{}=",      "ENV{}+=",     "GOTO=",        "LABEL=",    "TAG+=",
  "GROUP=",   "MODE=",       "OPTIONS+=",   "SYMLINK+=",    NULL,
};

static GPtrArray *
parse (const char *line)
{
  g_autoptr (GRegex)     term = g_regex_new ("\\G([A-Z]+)(?:\\{([A-Za-z0-9_.]+)\\})?(==|!=|\\+=|=)"
                                                 "\"([^\"\\\\]+)\"(?:, (?=[A-Z])|$)",
                                             0, 0, NULL);
  GPtrArray             *rule = g_ptr_array_new_with_free_func (term_free);
  g_autoptr (GMatchInfo) match = NULL;
  int                    end = 0;

  for (g_regex_match (term, line, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      Term            *self = g_new (Term, 1);
      g_autofree char *form = NULL;

      *self = (Term){ g_match_info_fetch (match, 1), g_match_info_fetch (match, 2),
                      g_match_info_fetch (match, 3), g_match_info_fetch (match, 4) };
      g_ptr_array_add (rule, self);
      form = g_strconcat (self->key, *self->sub != '\0' ? "{}" : "", self->op, NULL);
      assert_true (g_strv_contains (forms, form));
      g_match_info_fetch_pos (match, 0, NULL, &end);
    }
  assert_int_equal (end, strlen (line));
  return rule;
}

static void
read_rules (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   lines = NULL;

  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  rules = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#')
      g_ptr_array_add (rules, parse (lines[i]));
}

static gboolean
fits (const char *patterns, const char *value)
{
  g_auto (GStrv) each = g_strsplit (patterns, "|", -1);

  for (gsize i = 0; each[i] != NULL; i++)
    if (g_pattern_match_simple (each[i], value != NULL ? value : ""))
      return TRUE;
  return FALSE;
}

static const char *
attribute (const Node *node, const char *name)
{
  for (gsize i = 0; node->attributes[i] != NULL; i += 2)
    if (g_str_equal (node->attributes[i], name))
      return node->attributes[i + 1];
  return NULL;
}

static gboolean
node_fits (const GPtrArray *rule, const Node *node)
{
  for (guint i = 0; i < rule->len; i++)
    {
      const Term *term = rule->pdata[i];

      if (g_str_equal (term->key, "SUBSYSTEMS") && !fits (term->value, node->subsystem))
        return FALSE;
      if (g_str_equal (term->key, "ATTRS") && !fits (term->value, attribute (node, term->sub)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
event_fits (const Event *event, const Term *term)
{
  gboolean wanted = g_str_equal (term->op, "==");

  if (!wanted && !g_str_equal (term->op, "!="))
    return TRUE;
  if (g_str_equal (term->key, "SUBSYSTEM"))
    return fits (term->value, event->chain->subsystem) == wanted;
  if (g_str_equal (term->key, "ENV"))
    return fits (term->value, g_hash_table_lookup (event->env, term->sub)) == wanted;
  if (g_str_equal (term->key, "ACTION"))
    return fits (term->value, g_hash_table_lookup (event->env, "ACTION")) == wanted;
  return TRUE;
}

static gboolean
rule_fits (Event *event, const GPtrArray *rule)
{
  for (guint i = 0; i < rule->len; i++)
    if (!event_fits (event, rule->pdata[i]))
      return FALSE;
  event->found = event->chain;
  while (event->found->subsystem != NULL && !node_fits (rule, event->found))
    event->found++;
  return event->found->subsystem != NULL;
}

static char *
substitute (const Event *event, const char *text)
{
  g_autoptr (GString) result = g_string_new (text);
  GHashTableIter      iter;
  gpointer            key, value;

  g_string_replace (result, "$id", event->found->name, 0);
  g_hash_table_iter_init (&iter, event->env);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *variable = g_strdup_printf ("$env{%s}", (char *)key);

      g_string_replace (result, variable, value, 0);
    }
  assert_null (strchr (result->str, '$'));
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* Returns the label to go to, or NULL. */
static const char *
apply (Event *event, const GPtrArray *rule)
{
  const char *label = NULL;

  for (guint i = 0; i < rule->len; i++)
    {
      const Term *term = rule->pdata[i];

      if (g_str_equal (term->key, "GOTO"))
        label = term->value;
      else if (g_str_equal (term->op, "==") || g_str_equal (term->op, "!="))
        continue;
      else if (g_str_equal (term->key, "ENV"))
        g_hash_table_replace (event->env, term->sub, substitute (event, term->value));
      else if (!g_str_equal (term->key, "LABEL"))
        {
          g_autofree char *value = substitute (event, term->value);

          g_string_append_printf (event->done, "%s=%s ", term->key, value);
        }
    }
  return label;
}

static gboolean
is_label (const GPtrArray *rule, const char *label)
{
  const Term *term = rule->pdata[0];

  return g_str_equal (term->key, "LABEL") && g_str_equal (term->value, label);
}

static void
run_rules (Event *event)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const char *label
          = rule_fits (event, rules->pdata[i]) ? apply (event, rules->pdata[i]) : NULL;

      while (label != NULL && !is_label (rules->pdata[i], label))
        assert_true (++i < rules->len);
    }
}

typedef struct
{
  const char *action, *subsystem, *vendor, *product, *class, *subclass, *protocol;
  const char *rule; /* of somebody else, before */
} Case;

/* The outcome: properties and the rest, as far as somebody wants to know. */
static char *
outcome (const Case *c)
{
  const Node chain[] = {
    { c->subsystem, "port", { NULL } },
    { "usb",
      "1-1.4:1.0",
      { "bInterfaceClass", c->class, "bInterfaceSubClass", c->subclass, "bInterfaceProtocol",
        c->protocol } },
    { "usb", "1-1.4", { "idVendor", c->vendor, "idProduct", c->product } },
    { "usb", "1-1", { "idVendor", "05e3", "idProduct", "0608", "bDeviceClass", "09" } },
    { NULL },
  };
  static const char *const properties[]
      = { "ID_MM_DEVICE_IGNORE", "SYSTEMD_WANTS", "ID_MU709_ROLE" };
  gboolean               is_usb = g_str_equal (c->subsystem, "usb");
  g_autoptr (GHashTable) env = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Event                  event = { is_usb ? &chain[2] : chain, NULL, env, g_string_new (NULL) };

  g_hash_table_replace (env, (char *)"ACTION", g_strdup (c->action));
  g_hash_table_replace (env, (char *)"DEVTYPE", g_strdup (is_usb ? "usb_device" : ""));
  if (c->rule != NULL)
    g_hash_table_replace (env, (char *)"ID_MU709_ROLE", g_strdup (c->rule));
  run_rules (&event);
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    if (g_hash_table_contains (env, properties[i]))
      g_string_append_printf (event.done, "%s=%s ", properties[i],
                              (char *)g_hash_table_lookup (env, properties[i]));
  return g_string_free (event.done, FALSE);
}

typedef struct
{
  Case        given;
  const char *expected;
} Example;

#define US     "12d1", "1c25"
#define IGNORE "ID_MM_DEVICE_IGNORE=1 "
#define OWNED  "GROUP=mu709 MODE=0660 "

static void
test_examples (void **state G_GNUC_UNUSED)
{
  static const Example examples[] = {
    { { "add", "usb", US }, "TAG=systemd " IGNORE "SYSTEMD_WANTS=mu709d.service " },
    { { "add", "tty", US, "ff", "02", "02" },
      OWNED "SYMLINK=mu709/1-1.4-pcui " IGNORE "ID_MU709_ROLE=pcui " },
    { { "change", "tty", US, "ff", "01", "01" },
      OWNED "SYMLINK=mu709/1-1.4-modem " IGNORE "ID_MU709_ROLE=modem " },
    { { "add", "tty", US, "ff", "02", "33" },
      OWNED "SYMLINK=mu709/1-1.4-diag " IGNORE "ID_MU709_ROLE=diag " },
    { { "add", "tty", US, "ff", "03", "02" },
      "OPTIONS=link_priority=-100 " OWNED "SYMLINK=mu709/1-1.4-pcui " IGNORE
      "ID_MU709_ROLE=pcui " },
    { { "add", "tty", US, "ff", "02", "14" }, OWNED IGNORE },
    { { "add", "tty", US, "ff", "02", "14", "modem" },
      OWNED "SYMLINK=mu709/1-1.4-modem " IGNORE "ID_MU709_ROLE=modem " },
    { { "add", "tty", US, "ff", "02", "02", "none" }, OWNED IGNORE "ID_MU709_ROLE=none " },
    { { "move", "net", US, "02", "06", "00" }, IGNORE "ID_MU709_ROLE=net " },
    { { "add", "usbmisc", US, "ff", "02", "16" }, IGNORE },
    { { "remove", "tty", US, "ff", "02", "02" }, "" },
    { { "add", "block", US, "08", "06", "50" }, "" },
    { { "add", "usb", "12d1", "1506" }, "" },
    { { "add", "tty", "12d1", "1506", "ff", "02", "02" }, "" },
    { { "add", "net", "1c25", "12d1", "02", "06", "00" }, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *result = outcome (&examples[i].given);

      assert_string_equal (result, examples[i].expected);
    }
}

static void
compare (guint class, guint subclass, guint protocol)
{
  g_autofree char *hex = g_strdup_printf ("%02x %02x %02x", class, subclass, protocol);
  g_auto (GStrv)   words = g_strsplit (hex, " ", 3);
  const Case       given = { "add", "net", US, words[0], words[1], words[2] };
  g_autofree char *result = outcome (&given);
  g_autofree char *expected = NULL;
  MuPortRole       role;
  int              rank;

  if (mu_device_match_interface (class, subclass, protocol, &role, &rank))
    expected = g_strdup_printf (IGNORE "ID_MU709_ROLE=%s ", mu_port_role_word (role));
  if (!g_str_has_suffix (result, expected != NULL ? expected : IGNORE))
    fail_msg ("%s: %s", hex, result);
}

/* The rules know every interface that the daemon knows, and no other. */
static void
test_same_as_table (void **state G_GNUC_UNUSED)
{
  static const guint classes[] = { 0x02, 0x0a, 0xff };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    for (guint subclass = 0; subclass <= 0x10; subclass++)
      for (guint protocol = 0; protocol <= 0xff; protocol++)
        compare (classes[i], subclass, protocol);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_examples),
    cmocka_unit_test (test_same_as_table),
  };
  int failed;

  assert_int_equal (argc, 2);
  read_rules (argv[1]);
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  g_ptr_array_unref (rules);
  return failed;
}
