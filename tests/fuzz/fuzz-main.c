/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stands in for libFuzzer where it is not built in: the corpus, and what a few thousand random
 * changes make of it, the same in every run.     usage: fuzz-X ROUNDS CORPUS-DIRECTORY */
#include "fuzz.h"

#include <glib.h>

#include <stdlib.h>

#define MAX_SIZE 2048

static GPtrArray *
read_corpus (const char *directory)
{
  GPtrArray       *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      char            *text;
      gsize            len;

      if (g_file_get_contents (path, &text, &len, NULL))
        g_ptr_array_add (corpus, g_bytes_new_take (text, len));
    }
  if (corpus->len == 0)
    g_error ("%s holds nothing", directory);
  return corpus;
}

/* Changes, takes out, doubles and joins. */
static gsize
mutate (GRand *rand, GPtrArray *corpus, guint8 *data)
{
  gsize size = 0;

  for (int part = g_rand_int_range (rand, 1, 4); part > 0; part--)
    {
      GBytes       *bytes = corpus->pdata[g_rand_int_range (rand, 0, (gint32)corpus->len)];
      gsize         len;
      const guint8 *from = g_bytes_get_data (bytes, &len);
      gsize         start = len > 0 ? g_rand_int (rand) % len : 0;

      for (gsize i = start; i < len && size < MAX_SIZE; i++)
        if (g_rand_int_range (rand, 0, 40) != 0)
          data[size++] = from[i];
        else if (g_rand_boolean (rand))
          data[size++] = (guint8)g_rand_int (rand);
    }
  return size;
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand)     rand = g_rand_new_with_seed (4711);
  g_autoptr (GPtrArray) corpus = NULL;
  guint8                data[MAX_SIZE];

  if (argc != 3)
    return 2;
  corpus = read_corpus (argv[2]);
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize         len;
      const guint8 *whole = g_bytes_get_data (corpus->pdata[i], &len);

      LLVMFuzzerTestOneInput (whole, len);
    }
  for (int i = 0; i < atoi (argv[1]); i++)
    LLVMFuzzerTestOneInput (data, mutate (rand, corpus, data));
  return 0;
}
