#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""mu709ctl's commands about data, with the real mu709d and the simulated module mu709-sim.  The
network interface is one that the kernel does not know: the module tells the address, and counts.

Usage: test-ctl-data.py MU709CTL MU709D MU709-SIM"""
import json
import os
import re
import signal
import time

from ctlbed import (ERROR, Background, Simulator, complain, get, is_json, main, on_terminal, output_of,
                    run, run_all, start_daemon, stop, wait_for, wait_for_output, wait_until)

MODULE = "/org/mu709/modem/tty_pcui"
NET = "net=mu-none0"
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
ADDRESS = r"10\.0\.7\.9/\d+"

WRONG = [
    ("data", 2, "", "error: mu709ctl data is followed by one of: up, down, .*\n"),
    ("data upp", 2, "", r"error: There is no command 'data upp'; did you mean 'data up'\?\n"),
    ("data up internet", 2, "", "error: 'internet' is not KEY=VALUE\n"),
    ("data up anp=internet", 2, "", r"error: There is no key 'anp'; did you mean 'apn'\?\n"),
    ("data up password=secret", 2, "", "error: There is no key 'password'; .*password-file.*\n"),
    ("data up --password secret", 2, "", "error: There is no option --password; .*\n"),
    ("data up --apn", 2, "", "error: --apn wants a value: NAME\n"),
    ("data up cid=one", 2, "", "error: 'one' is not of type u.*\n"),
    ("data up --cid 3", 1, "", ERROR.format("InvalidArgument")),
    ("data up --bearer pigeon", 1, "", ERROR.format("InvalidArgument")),
    ("data up --bearer=ppp", 1, "", ERROR.format("NotSupported")),
    (["data", "up", f"apn={'a' * 100}"], 1, "", ERROR.format("TooLong")),
    ("data up --user me", 2, "", "error: No password was given\n"),
    (["data", "up", "user=me"], 1, "", ERROR.format("TooLong"), {"stdin": b"x" * 1000}),
    ("data up --password-file /nonexistent/file", 1, "", "error: /nonexistent/file: No such file.*\n"),
    ("data up --password-file /", 1, "", "error: The password cannot be read: Is a directory\n"),
    ("data up --modem none", 4, "", "error: There is no module 'none'; .*\n"),
    ("data down", 0, "", ""),
    ("data down all --json", 0, r"\{\}\n", ""),
    ("data down 1", 4, "", "error: Context 1 is not connected\n"),
    ("data down one", 2, "", "error: 'one' is neither all, nor .*\n"),
    ("data down /", 2, "", "error: '/' is neither the number of a connection nor its path\n"),
    (["data", "down", MODULE + "/connection/99"], 4, "", "error: There is no object .*/connection/99\n"),
    ("data down 1 2", 2, "", r"error: Too many arguments; it is: mu709ctl data down \[CID\|PATH\|all\]\n"),
    ("data status", 0, "", "There is no connection\n"),
    ("data status --json", 0, r"\[\]\n", ""),
    ("data status once", 2, "", "error: 'once' is none of .*watch.*\n"),
    ("data define", 2, "", "error: Too few arguments; .*\n"),
    ("data define seven", 2, "", "error: 'seven' is not the number of a context\n"),
    ("data define -7", 2, "", "error: '-7' is not the number of a context\n"),
    ("data define 4294967296", 2, "", "error: '4294967296' is not the number of a context\n"),
    ("data define 17", 1, "", ERROR.format("InvalidArgument")),
    ("data define 7 ip=ip", 2, "", "error: There is no key 'ip'; .*\n"),
    ("data define 7 type=x25", 1, "", ERROR.format("InvalidArgument")),
    ("data delete", 2, "", "error: Too few arguments; .*\n"),
    ("data delete 7", 1, "", ERROR.format("NotFound")),
    ("data delete x", 2, "", "error: .*'x' is not of type u.*\n"),
    ("data up --help", 0, ".*password-file=FILE.*", ""),
    ("data --help", 0, ".*data define CID.*", ""),
    (["complete", "--", "data", "w"], 0, "watch\n", ""),
    (["complete", "--", "data", "status", ""], 0, "watch\n", ""),
    (["complete", "--", "data", "down", ""], 0, "all\n", ""),
    (["complete", "--", "data", "up", "b"], 0, "bearer=\n", ""),
    (["complete", "--", "data", "up", "apn=a", "bearer="], 0, "bearer=ecm\nbearer=ppp\n", ""),
    (["complete", "--", "data", "up", "apn=i"], 0, "", ""),
    ("status --json", 0, r'\{"path":"[^"]*","(?!connections).*', ""),
]

CONTEXTS = [
    ("data define 7 apn=seven type=ip", 0, "", ""),
    ("data define 8 --apn eight --json", 0, r"\{\}\n", ""),
    ("data contexts", 0, r".*seven.*eight.*", ""),
    ("data contexts --json", 0, r'\[.*\{.*"apn":"seven".*\}.*\]\n', ""),
    (["complete", "--", "data", "delete", ""], 0, "(?s).*7\n8\n", ""),
    ("data delete 8", 0, "", ""),
    ("data delete 8", 1, "", ERROR.format("NotFound")),
    ("data contexts", 0, r"(?!.*eight).*seven.*", ""),
    ("data delete 7 --json", 0, r"\{\}\n", ""),
]

UP = [
    ("data status", 0, rf"4  connected  ecm  mu-none0  {ADDRESS}  internet  {TIME}.*\n", ""),
    ("data status --json", 0, rf'\[\{{"path":"{MODULE}/connection/1","id":1,.*"Cid":4.*\}}\]\n', ""),
    ("status", 0, r".*\nData connections\n  4  connected .*\n", ""),
    ("status --json", 0, r'\{"path":"[^"]*","connections":\[\{.*"id":1,.*"Voice1":.*', ""),
    ("data up --cid 4", 1, "", ERROR.format("Busy")),
    ("data delete 4", 1, "", ERROR.format("Busy")),
    (["complete", "--", "data", "down", ""], 0, "4\nall\n", ""),
    ("data down 5", 4, "", "error: Context 5 is not connected\n"),
    ("data down 4", 0, "", ""),
    ("data down 4", 4, "", "error: Context 4 is not connected\n"),
]


def test_up_and_down():
    run("data up --apn internet --cid=4 --bearer ecm --roaming", 0, f"mu-none0 {ADDRESS}\n")
    run_all(UP)
    run("data up apn=internet --json", 0, r'\{"path":".*","id":2,.*"Ip4":\{.*"address":"10\.0\.7\.9".*\}\n')
    run(["data", "down", MODULE + "/connection/2", "--json"], 0, r"\{\}\n")
    run("data up apn=internet", 0, f"mu-none0 {ADDRESS}\n")
    run("data down", 0)
    run("data status", 0, "", "There is no connection\n")


def test_password(module, directory):
    """It is never among the arguments."""
    name = os.path.join(directory, "password")
    with open(name, "w", encoding="ascii") as file:
        file.write("secret\nand more\n")
    module.tell("apn strict auth=chap user=me password=secret")
    line = "data up --apn strict --user me"
    run("data up --apn strict", 1, "", ERROR.format("AuthenticationFailed"))
    run(line, 1, "", ERROR.format("AuthenticationFailed"), b"wrong\n")
    run(line, 0, "mu-none0 .*\n", "", b"secret\n")
    run("data down", 0)
    run(f"{line} --auth chap --password-file {name}", 0, "mu-none0 .*\n")
    run("data down", 0)
    run(f"{line} --password-file -", 0, "mu-none0 .*\n", "", b"secret")
    run("data down", 0)
    on_terminal(line, [("password: $", b"secret\n")], 0, r"(?!.*secret).*password: \r\n.*mu-none0 .*\r\n")
    run("data down", 0)
    on_terminal(line, [("password: $", b"\x03")], 130, r".*password: \r\n.*error: Interrupted\r\n")
    run("data status", 0, "", "There is no connection\n")


def test_refused(module):
    module.tell("apn closed cause=33")
    run("data up --apn closed", 1, "", ERROR.format("NotSubscribed"))
    run("data up --apn closed --json", 1, r'\{"error":\{"name":"org.mu709.Error.NotSubscribed".*33.*\}\}\n',
        "")
    module.tell("apn slow takes=600")
    attempt = Background("data", "up", "--apn", "slow")
    wait_for_output(".* connecting .* slow.*\n", "data", "status")
    attempt.finish(130, signal.SIGINT)
    wait_for_output("", "data", "status")


def test_no_address(module):
    """Who does not wait for it is told what is up."""
    module.tell("ignore ^DHCP")
    speed = os.environ.pop("MU709D_CLOCK_SPEED")
    attempt = Background("data", "up", "--apn", "internet")
    os.environ["MU709D_CLOCK_SPEED"] = speed
    wait_for_output(".* connected .*\n", "data", "status")
    time.sleep(0.5)  # until it knows that, too
    attempt.finish(130, signal.SIGINT)
    if attempt.text != "mu-none0 dhcp\n":
        complain("data up, interrupted", attempt.text)
    module.tell("no-faults")
    run("data down", 0)


def test_watch(module):
    text, lines = Background("data", "watch"), Background("data", "status", "--watch", "--json")
    text.expect("mu709d is there")
    lines.expect("daemon-present")
    run("data up --apn internet --cid 4", 0, "mu-none0 .*\n")
    text.expect(rf"^\d\d:\d\d:\d\d  Context 4: connected, ecm, mu-none0 {ADDRESS}, internet$")
    module.tell("flow 1234 56789")
    text.expect(r"^\d\d:\d\d:\d\d  mu-none0  \S+ \S+ k?B/s  \S+ \S+ k?B/s  \S+ 56\.\d kB  \S+ 1\.\d kB$")
    lines.expect('"event":"statistics".*"rx":567')
    module.tell("technology edge")
    module.tell("incoming-call 10086")
    text.expect(r"^\d\d:\d\d:\d\d  Context 4: suspended, ecm")
    lines.expect('"Suspended":true')
    run("data status", 0, "4  suspended .*\n")
    run("call hangup", 0)
    module.tell("technology hspa+")
    module.tell("context drop 4 38")
    text.expect(r"^\d\d:\d\d:\d\d  Context 4: failed, \S+: .*38")
    lines.expect('"event":"removed"')
    told = len(lines.text.splitlines())
    run("data up --cid 5", 1, "", ERROR.format("InvalidArgument"))
    text.finish(130, signal.SIGINT)
    lines.finish(130, signal.SIGTERM)
    if len(lines.text.splitlines()) > told + 1:  # nothing is told of a connection that is over
        complain("data watch --json", lines.text)
    events = [json.loads(line) for line in lines.text.splitlines()]
    if {event["event"] for event in events} != {"daemon-present", "added", "changed", "statistics",
                                                "removed"}:
        complain("data watch --json: kinds", lines.text)
    for event in events[1:]:
        if event["path"] != MODULE or not event["connection"]["path"].startswith(MODULE + "/connection/"):
            complain("data watch --json: path", str(event))


def test_drawing(module):
    """Three lines, drawn again and again; what happens stands above them."""
    run("data up --apn internet --cid 4", 0, "mu-none0 .*\n")
    on_terminal("data watch", [(r"(?s)\x1b\[3A.*\x1b\[3A", lambda: module.tell("flow 0 5000000")),
                               (r"5\.0 MB", lambda: run("data down 4")),
                               (r"disconnected", b"\x03")], 130,
                r"(?s:.*?)Context 4: [^\r]*connected[^\r]*, ecm, mu-none0 [^\r]*\r\n  (↓|rx)  [^\r]* B/s"
                r"(?s:.*)\x1b\[3A\x1b\[J[^\r]*\d\d:\d\d:\d\d[^\r]*  Context 4: [^\r]*disconnected[^\r]*\r\n(?s:.*)")


def test_no_network(module):
    """The error says what is missing."""
    module.tell("network lost")
    if not wait_until(lambda: get("Network1", "Registration") in ("searching\n", "idle\n")):
        complain("network lost", get("Network1", "Registration"))
    run("data up", 1, "", r"error: The module is not registered with a network \(.*NoNetwork\)\n")
    module.tell("network found")
    wait_for("home", "Network1", "Registration")
    wait_for("yes", "Network1", "Attached")


def test_restart(directory, process, pcui):
    """A watcher sees the connection again, which the module has kept."""
    run("data up --apn internet --cid 4", 0, "mu-none0 .*\n")
    watch = Background("data", "watch")
    watch.expect("Context 4: connected")
    process.kill()
    process.wait()
    watch.expect("mu709d is not there, waiting for it")
    process = start_daemon(directory, pcui, NET)
    watch.expect("(?s)not there.*Context 4: connected")
    watch.finish(130, signal.SIGTERM)
    run("data down 4", 0)
    return process


def test_data(directory):
    module = Simulator(directory)
    module.tell("apn internet address=10.0.7.9 gateway=10.0.7.1 dns1=8.8.8.8 dns2=1.2.3.4")
    pcui = os.path.join(module.directory, "pcui")
    process = start_daemon(directory, pcui, NET)
    wait_for("home", "Network1", "Registration")
    wait_for("ready", "Modem1", "State")
    run(["at", "AT^DSFLOWRPT=1"], 0, "(?s).*")
    run_all(WRONG)
    run_all(CONTEXTS)
    test_up_and_down()
    test_password(module, directory)
    test_refused(module)
    test_no_address(module)
    test_watch(module)
    test_drawing(module)
    test_no_network(module)
    process = test_restart(directory, process, pcui)
    stop(process)
    module.stop()


main(test_data)
