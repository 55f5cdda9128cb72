# Testifies at Minventory how a run of a playbook ended. It never fails a play and never holds it up for longer than its
# timeout; what the server could not take waits in a folder and is sent with the next run.

from __future__ import annotations

import gzip
import json
import math
import os
import re
import tempfile
import threading
import time
from collections import deque
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.parse import quote

from ansible import context
from ansible.module_utils.urls import open_url
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: testify
type: notification
short_description: Testifies at Minventory how the run ended
description:
  - At the end of a run, sends in one request how it ended on each host, which tasks failed, and the facts that the
    playbook declares with C(set_stats) under C(minventory).
  - Never fails a play. What the server cannot take waits in a folder and is sent with the next run.
  - Runs with C(--check), C(--limit), C(--tags), C(--skip-tags), C(--start-at-task) or C(--step) say that they are partial.
requirements:
  - enable it (C(ANSIBLE_CALLBACKS_ENABLED=minventory.minventory.testify))
options:
  url:
    description: Where Minventory answers, for instance https://inventory.example
    env: [{name: MINVENTORY_URL}]
    ini: [{section: callback_minventory, key: url}]
  token:
    description: A token that may testify to deployments (scope testify:deployment-report).
    env: [{name: MINVENTORY_TOKEN}]
  token_file:
    description: A file that holds the token, where it is not in the environment.
    env: [{name: MINVENTORY_TOKEN_FILE}]
    ini: [{section: callback_minventory, key: token_file}]
  customer:
    description: The customer that is meant, where the token speaks for several.
    env: [{name: MINVENTORY_CUSTOMER}]
    ini: [{section: callback_minventory, key: customer}]
  spool:
    description: The folder in which reports wait while the server is away.
    default: ~/.cache/minventory
    env: [{name: MINVENTORY_SPOOL}]
    ini: [{section: callback_minventory, key: spool}]
  timeout:
    description: Seconds that the end of a run may wait for the server, all reports together.
    type: float
    default: 5
    env: [{name: MINVENTORY_TESTIFY_TIMEOUT}]
    ini: [{section: callback_minventory, key: timeout}]
"""

# Bounds: of one message, of the failed tasks of one host, of all messages, of what waits.
LONGEST_MESSAGE = 1000
FAILURES_OF_A_HOST = 10
MESSAGES_TOGETHER = 4 << 20
WAITING_REPORTS = 200
WAITING_BYTES = 64 << 20
LARGEST_ANSWER = 16 << 20
DEEPEST = 12

# Recognised again by the server, which knows more shapes of secrets than these.
SECRETS = [
    (re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*", re.S), "***"),
    (re.compile(r"(://[^\s/:@]{1,200}):[^\s/@]{1,200}@"), r"\1:***@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}"), r"\1 ***"),
    (
        re.compile(
            r"(?i)([a-z0-9_.-]{0,40}(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|private[_-]?key)[\"']?\s*[=:]\s*)"
            r"(\"[^\"]*\"|'[^']*'|[^\s,;}]+)"
        ),
        r"\1***",
    ),
]


def scrubbed(text):
    for shape, instead in SECRETS:
        text = shape.sub(instead, text)
    return text


def message(told):
    text = str(told)
    # a little more than is kept, so that a secret is not cut in two before it is seen
    text = scrubbed(text[: 2 * LONGEST_MESSAGE])
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + "…"


def plain(value, depth=0):
    """What JSON can say of a value, and nothing of Ansible's own in it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple, set)) and depth < DEEPEST:
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, dict) and depth < DEEPEST:
        return {str(name): plain(item, depth + 1) for name, item in value.items()}
    if type(value).__name__ == "AnsibleVaultEncryptedUnicode":
        return None
    return str(value)


def now():
    return datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


def partial():
    """Why the run was not one of everything, in the words of the command line."""
    told = context.CLIARGS
    reasons = []
    if told.get("check"):
        reasons.append("check")
    if told.get("subset"):
        reasons.append("limit")
    if list(told.get("tags") or ["all"]) != ["all"]:
        reasons.append("tags")
    if told.get("skip_tags"):
        reasons.append("skip-tags")
    if told.get("start_at_task"):
        reasons.append("start-at-task")
    if told.get("step"):
        reasons.append("step")
    return reasons


class Refused(Exception):
    """The server understood, and will not take it however often it is sent."""


class Spool:
    """Reports that wait, one file each, in the order in which they came."""

    def __init__(self, folder):
        self.folder = os.path.expanduser(folder)

    def keep(self, body):
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        file, unfinished = tempfile.mkstemp(prefix=".run-", dir=self.folder)  # 0600
        try:
            with os.fdopen(file, "wb") as out:
                out.write(body)
            name = "run-%020d-%s.json.gz" % (time.time_ns(), os.path.basename(unfinished)[5:])
            os.rename(unfinished, os.path.join(self.folder, name))
        except BaseException:
            os.unlink(unfinished)
            raise
        return self.let_go_of_the_oldest()

    def waiting(self):
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        return [
            os.path.join(self.folder, name)
            for name in sorted(names)
            if name.startswith("run-") and name.endswith(".json.gz")
        ]

    def let_go_of_the_oldest(self):
        """How many were let go of: of what waits there is an end."""
        kept = 0
        size = 0
        gone = 0
        for path in reversed(self.waiting()):
            size += os.path.getsize(path)
            kept += 1
            if kept > 1 and (kept > WAITING_REPORTS or size > WAITING_BYTES):
                os.unlink(path)
                gone += 1
        return gone


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "minventory.minventory.testify"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.plays = []
        self.failures = {}
        self.bytes_of_messages = 0
        self.is_playbook = False

    # ---- what is heard of the run

    def v2_playbook_on_start(self, playbook):
        self.is_playbook = getattr(playbook, "_file_name", "") != "__adhoc_playbook__"

    def v2_playbook_on_play_start(self, play):
        try:
            self.plays.append(
                {
                    "name": message(play.get_name()),
                    "id": str(play._uuid),
                    "path": message(play.get_path()),
                    "duration": {"start": now()},
                }
            )
        except Exception as error:
            self.warn("a play is not told of: %s" % error)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.failed(result, "failed")

    def v2_runner_on_unreachable(self, result):
        self.failed(result, "unreachable")

    def failed(self, result, state):
        try:
            told = message(result._result.get("msg", result._result.get("censored", "")))
            self.bytes_of_messages += len(told)
            if self.bytes_of_messages > MESSAGES_TOGETHER:
                told = ""
            task = result._task
            failure = {
                "task": {"name": message(task.get_name()), "id": str(task._uuid), "path": message(task.get_path())},
                "hosts": {result._host.get_name(): {state: True, "msg": told}},
            }
            of_host = self.failures.setdefault(result._host.get_name(), deque(maxlen=FAILURES_OF_A_HOST))
            of_host.append((len(self.plays) - 1, failure))
        except Exception as error:
            self.warn("a failed task is not told of: %s" % error)

    def v2_playbook_on_stats(self, stats):
        try:
            if self.is_playbook and self.plays:
                self.testify(self.document(stats))
        except Exception as error:
            self.warn("this run is not told of: %s" % error)

    # ---- what is told

    def document(self, stats):
        """As the callback ansible.posix.json writes it, of the tasks only those that failed."""
        end = now()
        plays = []
        for index, play in enumerate(self.plays):
            play["duration"]["end"] = self.plays[index + 1]["duration"]["start"] if index + 1 < len(self.plays) else end
            plays.append({"play": play, "tasks": []})
        for of_host in self.failures.values():
            for index, failure in of_host:
                plays[max(index, 0)]["tasks"].append(failure)
        custom = dict(stats.custom or {})
        everywhere = self.declared(custom.pop("_run", None))
        of_hosts = {str(getattr(host, "name", host)): self.declared(told) for host, told in custom.items()}
        return {
            "minventory": {"format": 1, "partial": partial()},
            "plays": plays,
            "stats": {host: stats.summarize(host) for host in sorted(stats.processed)},
            "custom_stats": {host: told for host, told in of_hosts.items() if told},
            "global_custom_stats": everywhere,
        }

    @staticmethod
    def declared(custom):
        """Of what a playbook sets as statistics only what is meant for us."""
        told = custom.get("minventory") if isinstance(custom, dict) else None
        return {"minventory": plain(told)} if told else {}

    # ---- how it is told

    def testify(self, document):
        url = (self.get_option("url") or "").rstrip("/")
        if not re.fullmatch(r"https?://[^\s]{1,1000}", url):
            self.warn("set MINVENTORY_URL to where Minventory answers")
            return
        spool = Spool(self.get_option("spool"))
        body = gzip.compress(json.dumps(document, allow_nan=False).encode("utf-8"))
        try:
            token = self.token()
        except (OSError, ValueError) as unreadable:
            self.keep(spool, body, str(unreadable))
            return
        sending = Sending(self.address(url), token, self.get_option("timeout"))
        worker = threading.Thread(target=sending.send, args=(spool, body), daemon=True)
        worker.start()
        worker.join(self.get_option("timeout"))
        if not sending.is_taken():
            self.keep(spool, body, sending.why())
        for remark in sending.remarks():
            self.warn(remark)

    def keep(self, spool, body, why):
        gone = spool.keep(body)
        self.warn("%s; the report of this run waits in %s and is sent with the next one" % (why, spool.folder))
        if gone:
            self.warn("%d older reports were let go of: too many wait" % gone)

    def token(self):
        token = self.get_option("token") or ""
        if not token and self.get_option("token_file"):
            with open(os.path.expanduser(self.get_option("token_file")), encoding="ascii") as file:
                token = file.read().strip()
        if not re.fullmatch(r"[A-Za-z0-9._~+/=-]{1,500}", token):
            raise ValueError("MINVENTORY_TOKEN is no token")
        return token

    def address(self, url):
        customer = self.get_option("customer")
        return url + "/integrations/ansible/runs" + ("?customer=" + quote(customer, safe="") if customer else "")

    def warn(self, text):
        # braces of a template mean nothing here, and no message of a server becomes more than a line
        self._display.warning("minventory: " + " ".join(str(text).split())[:300])


class Sending:
    """Sends what waits and then the report, in its own thread: the run does not wait for a server that drips."""

    def __init__(self, address, token, timeout):
        self.address = address
        self.token = token
        self.timeout = timeout
        self.until = time.monotonic() + timeout
        self.taken = False
        self.over = ""
        self.said = []

    def is_taken(self):
        return self.taken

    def why(self):
        return self.over or "the server did not answer within %g s" % self.timeout

    def remarks(self):
        return list(self.said)[:5]

    def send(self, spool, body):
        try:
            for path in spool.waiting():
                self.send_waiting(path)
            self.post(body)
        except Refused as refused:
            self.said.append(str(refused))
        except Exception as error:
            self.over = str(error) or type(error).__name__
            return
        self.taken = True

    def send_waiting(self, path):
        try:
            with open(path, "rb") as file:
                body = file.read()
        except FileNotFoundError:
            return  # another run has just sent it
        try:
            self.post(body)
        except Refused as refused:
            self.said.append("a report that waited is put aside as %s.refused: %s" % (path, refused))
            os.replace(path, path + ".refused")
            return
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass  # sent twice, counted once

    def post(self, body):
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server did not answer within %g s" % self.timeout)
        try:
            answer = open_url(
                self.address,
                method="POST",
                data=body,
                headers={
                    "Authorization": "Bearer " + self.token,
                    "Content-Type": "application/json",
                    "Content-Encoding": "gzip",
                    "Accept": "application/json",
                },
                timeout=left,
                http_agent="minventory-testify/1.0.0",
                follow_redirects="none",
            )
        except HTTPError as error:
            if error.code in (400, 413, 415, 422):
                raise Refused("the server refused it: HTTP %d %s" % (error.code, self.detail(error)))
            raise OSError("HTTP %d %s" % (error.code, self.detail(error)))
        self.hear(answer.read(LARGEST_ANSWER))

    @staticmethod
    def detail(error):
        try:
            return str(json.loads(error.read(1 << 16)).get("detail", ""))
        except Exception:
            return str(error.reason)

    def hear(self, answer):
        """A receipt each: what was not taken, or was not understood, is worth a line."""
        try:
            receipts = json.loads(answer)["receipts"]
        except (ValueError, KeyError, TypeError):
            return
        for receipt in receipts:
            problem = receipt.get("problem")
            if problem:
                self.said.append("not taken: %s" % problem.get("detail"))
            for part in receipt.get("unread") or []:
                self.said.append("%s: %s" % (part.get("pointer"), part.get("detail")))
