/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The module's end of a line, played by the test itself, step by step: it waits for what the daemon
 * writes and says what it likes.  Waiting longer than the test may take fails it. */
typedef struct AtPeer AtPeer;

/* ret_fd: the end for the code under test */
AtPeer *at_peer_new (int *ret_fd);
/* The same on a pseudo-terminal, for code that opens it by its name: link is made to lead to it. */
AtPeer *at_peer_new_tty (const char *link);
void    at_peer_free (AtPeer *self);

/* The next thing written, up to its carriage return or Ctrl-Z, is exactly this. */
void at_peer_expect (AtPeer *self, const char *command);
/* Nothing more is written, as far as the main loop can tell now. */
void at_peer_expect_nothing (AtPeer *self);

/* Says the text as it stands. */
void at_peer_say (AtPeer *self, const char *text);
/* Expects the command and answers it with framed lines, "+CSQ: 1,2|OK". */
void at_peer_answer (AtPeer *self, const char *command, const char *lines);
/* What every line begins with when a scheduler is started. */
void at_peer_sync (AtPeer *self);
/* Its second half: AT+CFUN?, once or several times in a line. */
void at_peer_answer_marker (AtPeer *self);
/* The cable is pulled. */
void at_peer_hang_up (AtPeer *self);

/* A module that answers by a table, the first row that fits, for as long as it is asked anything.
 * What is in no row is answered with ERROR. */
typedef struct
{
  const char *command;
  const char *lines;
} AtPeerRow;

void at_peer_play (AtPeer *self, const AtPeerRow *rows, gsize n_rows);
/* The same in single steps: the next thing asked, NULL: nothing now; and its answer. */
char *at_peer_hear (AtPeer *self);
void  at_peer_play_one (AtPeer *self, const char *command, const AtPeerRow *rows, gsize n_rows);

/* What may happen to the line: it is cut after n bytes of all that is said, or a text gets in
 * between. */
void  at_peer_cut_after (AtPeer *self, gsize n);
void  at_peer_insert_at (AtPeer *self, gsize n, const char *text);
gsize at_peer_said (AtPeer *self);

/* Lets the main loop do all it can do now. */
void at_peer_settle (void);
