# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests of mu709ctl share: runs of it, also in the background and on a terminal, whose status
and output are checked; the daemon; a bus of their own."""
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 30  # seconds, of a build with sanitizers on a busy machine
SIM_SPEED = "5"
CLOCK_SPEED = "20"  # of the daemon's waiting, and of the progress indicator's

ctl, daemon = sys.argv[1:3]
failures = []


def complain(what, text):
    failures.append(what)
    print(f"FAILED: {what}\n{text}", flush=True)


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


# ---- one run ----


def is_json(text):
    try:
        return isinstance(json.loads(text), (dict, list)) and text.count("\n") == 1
    except ValueError:
        return False


def check(what, status, out, err, expected):
    """expected: exit status, pattern of the output, pattern of the errors"""
    wrong = [f"exit status {status}"] if status != expected[0] else []
    for name, text, pattern in (("output", out, expected[1]), ("errors", err, expected[2])):
        if not re.fullmatch(pattern, text, re.DOTALL):
            wrong.append(f"{name} not {pattern!r}")
    if wrong:
        complain(what, f"{', '.join(wrong)}\n--- output\n{out}\n--- errors\n{err}\n---")


def run(line, status=0, out="", err="", stdin=b"", **environment):
    """line: a string, split at blanks, or a list"""
    words = line.split() if isinstance(line, str) else line
    done = subprocess.run([ctl, *words], input=stdin, capture_output=True, timeout=PATIENCE,
                          env={**os.environ, **environment}, check=False)
    text, errors = done.stdout.decode(), done.stderr.decode()
    if "--json" in words and words[0] != "complete" and not is_json(text):
        complain(line, f"no JSON: {text!r}")
    check(line, done.returncode, text, errors, (status, out, err))


def run_all(cases):
    for case in cases:
        run(case[0], *case[1:4], **(case[4] if len(case) > 4 else {}))


class Background:
    """A run that goes on, whose output is read as it comes."""

    def __init__(self, *words):
        self.text = ""
        self.process = subprocess.Popen([ctl, *words], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            self.text += line.decode()

    def expect(self, pattern):
        if not wait_until(lambda: re.search(pattern, self.text, re.MULTILINE)):
            complain(f"background: {pattern}", self.text)

    def finish(self, status, how=None):
        if how is not None:
            self.process.send_signal(how)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.thread.join()
        if self.process.returncode != status:
            complain(f"background: exit status {self.process.returncode}, not {status}", self.text)


PROGRESS = r"(\r\x1b\[K[|/\\-] [^\r\n]*)+\r\x1b\[K"  # of what takes half a second, as anything may


def on_terminal(line, steps, status, pattern, drawn=False):
    """steps: what to wait for, and then to type or to do; drawn: the pattern is of the progress, too"""
    words = line.split() if isinstance(line, str) else line
    child, master = pty.fork()
    if child == 0:
        os.execve(ctl, [ctl, *words], {**os.environ, "TERM": "xterm"})
    text, steps = "", list(steps)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not select.select([master], [], [], 0.1)[0]:
            continue
        try:
            text += os.read(master, 4096).decode()
        except OSError:  # the end of a terminal
            break
        if steps and re.search(steps[0][0], text):
            act = steps.pop(0)[1]
            act() if callable(act) else os.write(master, act)
    else:
        os.kill(child, signal.SIGKILL)
    os.close(master)
    text = text if drawn else re.sub(PROGRESS, "", text)
    check(f"{line} (terminal)", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text, "",
          (status, pattern, ""))


# ---- the daemon ----

ERROR = r"error: .* \(org.mu709.Error.{}\)\n"


def start_daemon(directory, pcui, *ports):
    """ports: more of them, such as net=wwan0"""
    config = os.path.join(directory, "empty.conf")
    with open(config, "w", encoding="ascii"):
        pass
    return subprocess.Popen([daemon, "--session", "--log-level", "error", "--state-directory",
                             directory, "--config", config, "--port", f"pcui={pcui}",
                             *(word for port in ports for word in ("--port", port))])


def stop(process):
    process.terminate()
    if process.wait(PATIENCE) != 0:
        complain("mu709d", f"exit status {process.returncode}")


def get(*words):
    return subprocess.run([ctl, "get", *words], capture_output=True, check=False).stdout.decode()


def wait_for(value, *words):
    if not wait_until(lambda: get(*words) == value + "\n"):
        sys.exit(f"{' '.join(words)} is not {value}, but {get(*words)}")


# ---- the module ----


class Simulator:
    """One module."""

    def __init__(self, directory):
        self.directory = os.path.join(directory, "module")
        self.process = subprocess.Popen([sys.argv[3], "-d", self.directory, "--speed", SIM_SPEED],
                                        stdout=subprocess.PIPE)
        self.process.stdout.readline()

    def tell(self, line):
        done = subprocess.run([sys.argv[3], "-d", self.directory, "-t", line], capture_output=True,
                              timeout=PATIENCE, check=False)
        if done.returncode:
            complain(f"simulator: {line}", done.stdout.decode())

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


def output_of(*words):
    return subprocess.run([ctl, *words], capture_output=True, check=False).stdout.decode()


def wait_for_output(pattern, *words):
    if not wait_until(lambda: re.fullmatch(pattern, output_of(*words), re.DOTALL)):
        complain(" ".join(words), output_of(*words))


# ---- a bus of our own ----


def main(*tests):
    """tests: functions of a directory"""
    if os.environ.get("TEST_CTL_BUS") is None:
        if shutil.which("dbus-run-session") is None:
            print("skipped: there is no dbus-run-session")
            sys.exit(77)
        os.environ["TEST_CTL_BUS"] = "own"
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])
    os.environ["MU709CTL_BUS"] = "session"
    os.environ["MU709D_CLOCK_SPEED"] = CLOCK_SPEED
    os.environ["NO_COLOR"] = ""
    with tempfile.TemporaryDirectory(prefix="test-ctl-") as directory:
        for test in tests:
            test(directory)
    print(f"{len(failures)} failed" if failures else "ok")
    sys.exit(1 if failures else 0)
