#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""mu709ctl's commands about messages, with the real mu709d and the simulated module mu709-sim.

Usage: test-ctl-sms.py MU709CTL MU709D MU709-SIM"""
import os
import signal

from ctlbed import (ERROR, Background, Simulator, complain, is_json, main, on_terminal, run, run_all,
                    start_daemon, stop, wait_for, wait_for_output)

MODULE = "/org/mu709/modem/tty_pcui"
OWN = "+15550100"  # what is sent there comes back
LONG = " ".join(f"number{n}" for n in range(75))  # 5 parts
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


# ---- what is wrong, or not there ----

WRONG = [
    ("sms show", 2, "", r"error: Too few arguments; it is: mu709ctl sms show ID\|PATH\n"),
    ("sms show one", 2, "", "error: 'one' is neither the number of a message nor its path\n"),
    ("sms show 0", 2, "", "error: '0' is neither .*\n"),
    (["sms", "show", ""], 2, "", "error: '' is neither .*\n"),
    ("sms show 99", 1, "", ERROR.format("NotFound")),
    ("sms show 99 --json", 1, r'\{"error":\{"name":"org.mu709.Error.NotFound",.*\}\}\n', ""),
    ("sms show /org/mu709/modem/none/message/1", 4, "", "error: There is no object .*\n"),
    ("sms show /org/mu709/modem/tty_pcui", 2, "", "error: '/.*' is neither .*\n"),
    ("sms read 99", 1, "", ERROR.format("NotFound")),
    ("sms delete 99", 1, "", ERROR.format("NotFound")),
    ("sms delete 1 two", 2, "", "error: 'two' is neither .*\n"),
    ("sms delete all limit=1", 2, "", "error: There is no key 'limit'; there are: state, .*\n"),
    ("sms list stat=read", 2, "", r"error: There is no key 'stat'; did you mean 'state'\?\n"),
    ("sms list state", 2, "", "error: 'state' is not KEY=VALUE\n"),
    ("sms list state=lost", 1, "", ERROR.format("InvalidArgument")),
    ("sms list since=yesterday", 2, "", "error: since: 'yesterday' is not a time, such as .*\n"),
    ("sms list limit=few", 2, "", "error: 'few' is not of type u, .*\n"),
    ("sms list --modem none", 4, "", "error: There is no module 'none'; .*\n"),
    ("sms send 1", 2, "", r"error: Too few arguments; it is: mu709ctl sms send NUMBER TEXT\.\.\.\n"),
    ("sms send 1 class=0", 2, "", "error: There is no text; it is: .*\n"),
    ("sms send 1 clas=0 Text", 2, "", r"error: 'clas=0' is no option; did you mean 'class'\? .*\n"),
    ("sms send 1 report=perhaps Text", 2, "", "error: 'perhaps' is not of type b, yes or no .*\n"),
    ("sms send 1 validity=long Text", 2, "", "error: validity: 'long' is not .*\n"),
    ("sms send 1 class=4 Text", 1, "", ERROR.format("InvalidArgument")),
    ("sms send 1 encoding=morse Text", 1, "", ERROR.format("InvalidArgument")),
    ("sms send nobody Text", 1, "", ERROR.format("InvalidCharacters")),
    ("sms send 1 -", 2, "", "error: No text was given\n"),
    ("sms send 1 -", 2, "", "error: Standard input is not valid UTF-8\n", {"stdin": b"\xff"}),
    ("sms watch --modem none", 4, "", "error: There is no module 'none'; .*\n"),
]

EMPTY = [
    ("sms list", 0, "", "There is no message\n"),
    ("sms list --json", 0, r"\[\]\n", ""),
    ("sms delete all", 0, "0 messages deleted\n", ""),
    ("sms status", 0, r"Unread +0\nTotal +0\nOn the card +40 places\nCentre +\+15550199\n", ""),
    ("status", 0, r".*\nMessages\n  Unread +0\n  Total +0\n  On the card +40 places\n.*", ""),
    (["complete", "--", "sms", "show", ""], 0, "", ""),
]

# ---- what has come in ----

INCOMING = [
    ("sms list", 0, rf"2  {TIME}  ←  \+15550124  received  \\x1b\[2Jline … *\n"
     rf"1  {TIME}  ←  \+15550123  received  Hello\n", "", {"LC_ALL": "C.UTF-8"}),
    ("sms list", 0, rf".*1  {TIME}  <-  \+15550123  received  Hello\n", "", {"LC_ALL": "C"}),
    ("sms list number=+15550123 since=1d until=2099-12-31", 0, r"1  [^\n]*Hello\n", ""),
    ("sms list since=2099-12-31", 0, "", "There is no message\n"),
    ("sms list limit=1 offset=1 --json", 0, rf'\[\{{"path":"{MODULE}/message/1","id":1,.*\}}\]\n', ""),
    ("sms status", 0, r"Unread +2\nTotal +2\n.*", ""),
    (["complete", "--", "sms", "show", ""], 0, "2\n1\n", ""),
    (["complete", "--", "sms", "delete", ""], 0, "2\n1\nall\n", ""),
    (["complete", "--", "sms", "delete", "1", "2", ""], 0, "2\n1\n", ""),
    ("sms show 1", 0, rf"Message +1, received\nFrom +\+15550123\nTime +{TIME}\n"
     r"Centre +\+15550199\n\nHello\n", ""),
    ("sms show 1 --json", 0, rf'\{{"path":"{MODULE}/message/1","id":1,.*"State":"read".*\}}\n', ""),
    (f"sms show {MODULE}/message/2", 0, r"Message .*\n\n\\x1b\[2Jline\nnext line\n", ""),
    ("sms status", 0, r"Unread +0\nTotal +2\n.*", ""),
    ("sms read 1", 0, "", ""),
]


def test_incoming(module):
    watch = Background("sms", "watch")
    watch.expect("mu709d is there")
    module.tell("sms +15550123 Hello")
    watch.expect("\n\nHello\n\n")
    module.tell(r"sms +15550124 \x1b[2Jline\nnext line")
    watch.expect("next line")
    run_all(INCOMING)
    module.tell("sms Somebody Third")
    wait_for("3", "Messaging1", "Total")
    run("sms read 3 --json", 0, r'\{"count":1\}\n')
    run("sms list state=read number=Somebody", 0, r"3 .* Somebody  read  Third\n")
    run("sms delete 3 99 2", 1, "", ERROR.format("NotFound"))
    run("sms list", 0, r"1  [^\n]*\n")
    run("sms delete all direction=incoming --json", 0, r'\{"count":1\}\n')
    watch.finish(130, signal.SIGINT)
    if "\033" in watch.text:
        complain("sms watch", f"an escape character comes through: {watch.text!r}")


# ---- what goes out ----


def test_sending(module):
    """To oneself, and what comes of it."""
    text, lines = Background("sms", "watch"), Background("sms", "watch", "--json")
    text.expect("mu709d is there")
    lines.expect("daemon-present")
    run(f"sms send {OWN} report=yes class=1 validity=2h To  myself", 0, r"4\n")
    text.expect(rf"(?s)Message  5, received\nFrom     \{OWN}\n.*\n\nTo myself\n\n")
    text.expect(rf"^\d\d:\d\d:\d\d  Message 4 to \{OWN} has been delivered$")
    lines.expect(rf'"event":"delivered",.*"path":"{MODULE}","message":.*"id":4,')
    run("sms list state=delivered", 0, r"4 .*To myself\n")
    run("sms read 4", 1, "", ERROR.format("NotAllowed"))
    run(f"sms send {OWN} - --json", 0, rf'\{{"message":"{MODULE}/message/6","id":6\}}\n',
        stdin="Grüße\n…\n".encode())
    text.expect("\n\nGrüße\n…\n\n")
    module.tell("sms-fill 40")
    module.tell("sms +15550123 no room")
    text.expect("There is no room for messages: SM")
    lines.expect('"event":"storage-full",.*"storage":"SM"}')
    text.finish(130, signal.SIGINT)
    lines.finish(130, signal.SIGINT)
    for line in lines.text.splitlines():
        if not is_json(line + "\n"):
            complain("sms watch --json", line)


def test_parts(module):
    """A long one tells how far it is, and goes on without us."""
    on_terminal(["sms", "send", OWN, LONG], [], 0, r".* Send, part 1 of 5, \d+ s\r\033\[K.*"
                r" Send, part [2345] of 5, .*\r\033\[K\d+\r\n", drawn=True)
    wait_for_output(rf".* received +{LONG}\n", "sms", "list", "direction=incoming", "limit=1")
    run("sms delete all", 0, r"\d+ messages deleted\n")
    module.tell("sms-channel busy")
    on_terminal(["sms", "send", OWN, LONG], [("part 1 of 5", b"\x03")], 130,
                r".*\033\[Kerror: Interrupted; message \d+ stays in the queue and will be sent\r\n", drawn=True)
    run(f"sms send {OWN} Second --timeout 0.5", 1, "",
        r"error: No answer within 0.5 s; message \d+ stays in the queue and will be sent\n")
    run("sms list state=queued", 0, ".* Second\n")
    on_terminal("sms list state=sending", [], 0, r"\d+  [^\r\n]*number0[^\r\n]*…\r\n")
    run("sms list state=sending", 0, f".* {LONG}\n")
    module.tell("sms-channel free")
    wait_for_output(r".* Second\n.* number0.*", "sms", "list", "state=sent")


def test_restart(directory, process, pcui):
    """Of the daemon, under those who watch."""
    watch = Background("sms", "watch")
    watch.expect("mu709d is there")
    stop(process)
    watch.expect("mu709d is not there, waiting for it")
    process = start_daemon(directory, pcui)
    watch.expect("(?s)not there.*mu709d is there")
    wait_for("40", "Messaging1", "Capacity")
    run(f"sms send {OWN} After the restart", 0, r"\d+\n")
    watch.expect("\n\nAfter the restart\n\n")
    watch.finish(130, signal.SIGTERM)
    return process


def test_sms(directory):
    module = Simulator(directory)
    pcui = os.path.join(module.directory, "pcui")
    process = start_daemon(directory, pcui)
    wait_for("40", "Messaging1", "Capacity")
    wait_for("home", "Network1", "Registration")
    run_all(WRONG + EMPTY)
    test_incoming(module)
    test_sending(module)
    test_parts(module)
    process = test_restart(directory, process, pcui)
    stop(process)
    module.stop()


main(test_sms)
