/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* ^FILEIO: the host reads, writes and deletes recordings: guide 27.4, 27.5. */
extern const SimChapter sim_fileio_chapter;
