/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-queue.h"
#include "mu-test.h"

static void
count (const AtReply *reply G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED, gpointer user_data)
{
  ++*(int *)user_data;
}

static void
push (AtQueue *queue, guint number, AtPriority priority, guint client)
{
  AtRequest *request = at_request_new (
      &(AtCommand){ .text = "AT+X", .priority = priority, .client = client }, NULL, NULL);

  request->number = number;
  at_queue_push (queue, request);
}

static void
assert_next (AtQueue *queue, guint number)
{
  AtRequest *request = at_queue_next (queue);

  assert_non_null (request);
  assert_int_equal (request->number, number);
  at_request_free (request);
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  AtQueue queue = { 0 };

  push (&queue, 1, AT_BACKGROUND, 0);
  push (&queue, 2, AT_INTERACTIVE, 0);
  push (&queue, 3, AT_ECALL, 0);
  push (&queue, 4, AT_INTERACTIVE, 0);
  assert_int_equal (queue.n, 4);
  assert_next (&queue, 3);
  assert_next (&queue, 2);
  assert_next (&queue, 4);
  assert_next (&queue, 1);
  assert_null (at_queue_next (&queue));
  assert_int_equal (queue.n, 0);
}

/* Three clients, one of which has queued far more than its share. */
static void
test_fair (void **state G_GNUC_UNUSED)
{
  AtQueue queue = { 0 };

  for (guint i = 0; i < 5; i++)
    push (&queue, 10 + i, AT_INTERACTIVE, 1);
  push (&queue, 20, AT_INTERACTIVE, 2);
  push (&queue, 30, AT_INTERACTIVE, 3);
  assert_next (&queue, 10);
  assert_next (&queue, 20);
  assert_next (&queue, 11);
  assert_next (&queue, 30);
  assert_next (&queue, 12);
  assert_next (&queue, 13);
  assert_next (&queue, 14);
}

static void
test_remove (void **state G_GNUC_UNUSED)
{
  AtQueue    queue = { 0 };
  AtRequest *request;

  push (&queue, 1, AT_SIM, 0);
  push (&queue, 2, AT_SIM, 0);
  assert_null (at_queue_remove (&queue, 3));
  request = at_queue_remove (&queue, 1);
  assert_int_equal (request->number, 1);
  at_request_free (request);
  assert_int_equal (queue.n, 1);
  assert_next (&queue, 2);
}

static void
test_answer (void **state G_GNUC_UNUSED)
{
  int        answers = 0;
  AtRequest *request
      = at_request_new (&(AtCommand){ .text = "AT+COPS=?", .body = "x" }, count, &answers);

  assert_int_equal (request->command.timeout_ms, 120000);
  at_request_answer (request, NULL, NULL);
  assert_int_equal (answers, 1);
  request = at_request_new (&(AtCommand){ .text = "AT", .timeout_ms = 5 }, count, &answers);
  assert_int_equal (request->command.timeout_ms, 5);
  request->done = NULL; /* somebody has been told already */
  at_request_answer (request, NULL, NULL);
  assert_int_equal (answers, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_order),
    cmocka_unit_test (test_fair),
    cmocka_unit_test (test_remove),
    cmocka_unit_test (test_answer),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
