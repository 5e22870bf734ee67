# SPDX-License-Identifier: LGPL-2.1-or-later
"""The sample configuration has every key, with its default, and the manual describes it."""
import os
import re
import tempfile
import unittest

import bed

SAMPLE = bed.read(bed.source("data/mu709d.conf"))
KEY = re.compile(r"^#([a-z-]+=.*)$", re.MULTILINE)


def print_config(text):
    with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return bed.run(os.environ["MU709D"], "--config", file.name, "--print-config")


class Sample(unittest.TestCase):
    def test_as_it_is(self):
        self.assertEqual(print_config(SAMPLE).stdout, print_config("").stdout)

    def test_every_key(self):
        """Uncommented it is what --print-config says of no configuration: all keys, no other (which
        would be warned of), and the defaults."""
        done = print_config(KEY.sub(r"\1", SAMPLE))
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(done.stdout, print_config("").stdout)
        keys = [line for line in done.stdout.splitlines() if "=" in line]
        self.assertEqual(KEY.findall(SAMPLE), keys)

    def test_manual(self):
        manual = bed.read(bed.source("data/mu709d.conf.5"))
        for group in print_config("").stdout.split("\n\n"):
            name, *keys = group.split()
            described = re.search(rf"^\.Ss Group {name[1:-1]}\n(.*?)^\.S[sh] ", manual,
                                  re.MULTILINE | re.DOTALL)
            self.assertTrue(described, name)
            items = re.findall(r"^\.It Cm (.*)$", described.group(1), re.MULTILINE)
            self.assertEqual(" , ".join(items).split(" , "), [key.split("=")[0] for key in keys])


bed.main()
