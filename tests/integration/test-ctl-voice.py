#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""mu709ctl's commands about calls, with the real mu709d and the simulated module mu709-sim.

Usage: test-ctl-voice.py MU709CTL MU709D MU709-SIM"""
import os
import re
import signal
import subprocess
import sys

from ctlbed import (ERROR, SIM_SPEED, Background, Simulator, complain, is_json, main, on_terminal, run, run_all,
                    start_daemon, stop, wait_for, wait_for_output)

MODULE = "/org/mu709/modem/tty_pcui"
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"

WRONG = [
    ("call lits", 2, "", r"error: There is no command 'call lits'; did you mean 'call list'\?\n"),
    ("call answer", 1, "", "error: No call is coming in\n"),
    ("call hangup", 1, "", "error: There is no call\n"),
    ("call hangup 99", 4, "", "error: There is no object .*/call/99\n"),
    ("call hangup one", 2, "", "error: 'one' is neither the number of a call nor its path\n"),
    ("call hangup all", 0, "", ""),
    ("call hangup all --json", 0, r"\{\}\n", ""),
    ("call tones 1", 2, "", r"error: Too few arguments; it is: mu709ctl call tones ID\|PATH TONES\n"),
    ("call hold", 1, "", ERROR.format("NotAllowed")),
    ("call swap", 1, "", ERROR.format("NotAllowed")),
    ("call join", 1, "", ERROR.format("NotAllowed")),
    ("call transfer", 1, "", ERROR.format("NotAllowed")),
    ("call dial", 2, "", "error: Too few arguments; .*\n"),
    ("call dial anna", 1, "", ERROR.format("InvalidCharacters")),
    ("call dial 1 clir=perhaps", 1, "", ERROR.format("InvalidArgument")),
    ("call dial 1 clr=hide", 2, "", r"error: There is no key 'clr'; did you mean 'clir'\?\n"),
    ("call list", 0, "", "There is no call\n"),
    ("call list --json", 0, r"\[\]\n", ""),
    ("call list --modem none", 4, "", "error: There is no module 'none'; .*\n"),
    ("call Voice1 HangupAll", 0, "", ""),
    ("call org.mu709.Voice1 Hold", 1, "", ERROR.format("NotAllowed")),
    ("call --help", 0, ".*IFACE METHOD.*call dial NUMBER.*", ""),
    ("help call tones", 0, ".*DTMF.*", ""),
    (["complete", "--", "call", "h"], 0, "hangup\nhold\n", ""),
    (["complete", "--", "call", "Voice"], 0, "Voice1\n", ""),
    (["complete", "--", "call", "hangup", ""], 0, "all\n", ""),
    ("status --json", 0, r'\{"path":"[^"]*","(?!calls).*', ""),
]

ROWS = r"reason +class +active.*\n"
FORWARDING = [
    ("forwarding", 2, "", "error: mu709ctl forwarding is followed by one of: status, set, clear\n"),
    ("forwarding status buzy", 1, "", ERROR.format("InvalidArgument")),
    ("forwarding set busy 12a", 1, "", ERROR.format("InvalidCharacters")),
    ("forwarding set buzy 1", 2, "", "error: 'buzy' is none of .*; did you mean 'busy'.\n"),
    ("forwarding set busy 1 20", 1, "", ERROR.format("InvalidArgument")),
    ("forwarding set no-reply 1 31", 1, "", ERROR.format("InvalidArgument")),
    ("forwarding set no-reply 1 soon", 2, "", "error: 'soon' is not of type u, .*\n"),
    ("forwarding set no-reply 1 -5", 2, "", "error: '-5' is not of type u, .*\n"),
    (["forwarding", "set", "no-reply", "1", "5>, 'class': <'all'"], 2, "", "error: .*type u, .*\n"),
    ("forwarding set no-reply +15550999 20", 0, "", ""),
    ("forwarding status no-reply", 0, ROWS + r"no-reply +voice +yes +\+15550999 +20\n", ""),
    ("forwarding status no-reply --json", 0,
     r'\{"forwardings":\[\{"reason":"no-reply","class":"voice","active":true,'
     r'"number":"\+15550999","time":20\}\]\}\n', ""),
    ("forwarding clear all --json", 0, r"\{\}\n", ""),
    ("forwarding status", 0, ROWS + r"(unconditional|busy|no-reply|not-reachable) .* no\n", ""),
]

BARRING = [
    ("barring set ao", 0, "", "", {"stdin": b"0000\n"}),
    ("barring status ao", 0, r"facility +class +active\nao +voice +yes\n", ""),
    ("barring set ab 0000", 2, "", "error: 'ab' is none of .*\n"),
    ("barring set ao 9999", 1, "", ERROR.format("WrongPassword")),
    ("barring set ao 99999", 1, "", ERROR.format("TooLong")),
    ("barring set ao", 2, "", "error: No barring password was given\n"),
    ("barring password 0000 1234 --json", 0, r"\{\}\n", ""),
    ("barring clear ab 1234", 0, "", ""),
    ("barring status ao --json", 0, r'\{"barrings":\[\{"facility":"ao",.*"active":false\}.*\]\}\n', ""),
    ("barring status zz", 1, "", ERROR.format("InvalidArgument")),
]

TWO = [
    ("call list", 0, rf"2  →  100 +held +{TIME}\n3  ←  \+4930456 +active +{TIME}\n", "",
     {"LC_ALL": "C.UTF-8"}),
    ("call list --json", 0, rf'\[\{{"path":"{MODULE}/call/2","id":2,.*"id":3,.*\}}\]\n', ""),
    ("status", 0, rf".*\nCalls\n  2 .* 100 +held +{TIME}\n  3 .*active.*\n", ""),
    ("status --json", 0, r'\{"path":"[^"]*","calls":\[\{.*"id":2,.*"Voice1":.*', ""),
    ("call hangup", 1, "", "error: There are several calls, say which: 2, 3\n"),
    (["complete", "--", "call", "hangup", ""], 0, "2\n3\nall\n", ""),
    ("call tones 2 1", 1, "", ERROR.format("NotAllowed")),
    ("call tones 3 12#", 0, "", ""),
    ("call swap", 0, "", ""),
    ("call list", 0, ".* 100 +active.*held.*", ""),
]


def test_calls(module):
    text, lines = Background("call", "watch"), Background("call", "watch", "--json")
    text.expect("mu709d is there")
    lines.expect("daemon-present")
    module.tell("party 100 does=waits")
    run("call dial 100", 0, "1\n")
    text.expect(r"^\d\d:\d\d:\d\d  Call 1 to 100: dialing$")
    module.tell("remote 1 busy")
    text.expect(r"Call 1 to 100 is over: busy \(100, cause 17\)$")
    module.tell("party 100")
    run("call dial 100 clir=hide --json", 0, rf'\{{"call":"{MODULE}/call/2","id":2\}}\n')
    text.expect("Call 2 to 100: active$")
    module.tell("incoming-call +4930456 gives-up=0")
    text.expect(r"Call 3 from \+4930456: waiting$")
    run("call answer", 0, "", "")
    text.expect("Call 2 to 100: held$")
    text.expect(r"Call 3 from \+4930456: active$")
    run_all(TWO)
    run("call join", 0)
    run("call list", 0, "(.*, conference .*\n){2}")
    text.expect("Call 2 to 100: active, conference$")
    run("call hangup 2", 0)
    text.expect("Call 2 to 100 is over: hung up here")
    run("call hangup", 0)
    text.expect("Call 3 .* is over: hung up here")
    text.finish(130, signal.SIGINT)
    lines.expect(r'"event":"removed",.*"id":3,')
    lines.finish(130, signal.SIGINT)
    for line in lines.text.splitlines():
        if not is_json(line + "\n"):
            complain("call watch --json", line)
    if not re.search(rf'"event":"added",.*"path":"{MODULE}","call":\{{"path":"{MODULE}/call/1","id":1',
                     lines.text):
        complain("call watch --json", lines.text)


def test_terminal(module):
    """The state is told until there is an answer, or none."""
    on_terminal("call dial 100", [], 0, r"(.*K)?4\r\n.*Call 4 to 100: alerting\r\n"
                r"Call 4 to 100: [^\r]*active[^\r]*\r\n")
    run("call hangup", 0)
    wait_for_output("", "call", "list")
    module.tell("party 200 does=rejects")
    on_terminal("call dial 200", [], 1, r"(.*K)?5\r\n.*error: The call is over: rejected .*\r\n")
    module.tell("party 300 does=waits")
    on_terminal("call dial 300", [("dialing", b"\x03")], 130,
                r"(.*K)?6\r\n.*error: Interrupted; call 6 goes on, mu709ctl call hangup 6 ends it\r\n")
    run("call list", 0, "6 .* 300 .*\n")
    on_terminal("call dial 300", [], 1, r".*org.mu709.Error.Busy\)\r\n")
    run("call hangup 6", 0)


def test_restart(module, directory, process, pcui):
    """A watcher sees the call again that goes on."""
    wait_for_output("", "call", "list")
    run("call dial 100", 0, "9\n")
    watch = Background("call", "watch")
    watch.expect("Call 9 to 100: active$")
    stop(process)
    watch.expect("mu709d is not there, waiting for it")
    process = start_daemon(directory, pcui)
    watch.expect("(?s)not there.*Call 1 to 100: active$")
    module.tell("remote 1 hangs-up")
    watch.expect(r"Call 1 to 100 is over: hung up there \(104, cause 16\)$")
    watch.finish(130, signal.SIGTERM)
    return process


def test_second(pcui):
    """Of two modules it is told which one's a call is."""
    text = Background("call", "watch")
    text.expect("mu709d is there")
    second = pcui + "-2"
    process = subprocess.Popen([sys.argv[3], "-d", second, "--speed", SIM_SPEED],
                               stdout=subprocess.PIPE)
    process.stdout.readline()
    os.symlink(second + "/pcui", second + "/second")
    run(f"device add pcui={second}/second", 0, ".*/tty_second\n")
    wait_for("ready", "Modem1", "State", "--modem", "tty_second")
    run("call dial 300 --modem tty_pcui", 0, "7\n")
    text.expect(r"^\S+  tty_pcui  Call \d+ to 300: dialing$")
    run("call list", 4, "", "error: There are several modules, say with --modem which: .*\n")
    run("call hangup all --modem tty_pcui", 0)
    run("device remove tty_second", 0)
    wait_for("ready", "Modem1", "State")
    run("call dial 300", 0, "8\n")
    text.expect(r"^\S+  Call \d+ to 300: dialing$")
    run("call hangup", 0)
    text.finish(130, signal.SIGINT)
    process.terminate()
    process.wait()
    process.stdout.close()


def test_voice(directory):
    module = Simulator(directory)
    pcui = os.path.join(module.directory, "pcui")
    process = start_daemon(directory, pcui)
    wait_for("home", "Network1", "Registration")
    wait_for_output("", "call", "list")
    run_all(WRONG + FORWARDING + BARRING)
    test_calls(module)
    test_terminal(module)
    test_second(pcui)
    process = test_restart(module, directory, process, pcui)
    stop(process)
    module.stop()


main(test_voice)
