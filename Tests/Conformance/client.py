"""A client: enrols a notebook at a hub, and exchanges with it until both are even."""

import gzip
import http.client
import json
import urllib.parse
import zlib

import chain
import comparing
import ed25519
import frames
import http_signature
import kinds
import session
import succession
from kinds import COMMITMENT, MEMBER, ONE_TO_ONE, PERSON
from merge import EVERYTHING
from notebook import Hub, spaces_of
from wire import demand

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_ANSWER = 8_388_608
MOST_PREDECESSORS = 32
COMPRESS_FROM = 256


class NoAnswer(Exception):
    """Nothing that the hub has signed. Try again later."""


class NotTheHub(Exception):
    """An answer signed by another key than the pinned one. Stop, and tell the person."""


class Problem(Exception):
    """The hub said no: `status` and `rule` are for programs."""

    def __init__(self, status, rule, detail):
        super().__init__(f"{status} {rule}: {detail}")
        self.status, self.rule = status, rule


class Revoked(Exception):
    """The device's access has ended, and the notebook was wiped."""


class Client:
    """A notebook and its hub. `save` is called when something must not be lost."""

    def __init__(self, notebook, save=lambda: None):
        self.notebook, self.save = notebook, save
        self.trace = []                                 # (path, status or rule) of each request, to look at

    # --- HTTP

    def post(self, path, frame, private, nonce):
        """One signed request. Returns the status, the plain body and the next nonce of a verified answer."""
        is_large = len(frame) >= COMPRESS_FROM and path != "/v1/enrol"
        body = gzip.compress(frame, mtime=0) if is_large else frame
        headers = {"Content-Type": http_signature.CONTENT_TYPE}
        if body is not frame:
            headers["Content-Encoding"] = "gzip"
        headers |= http_signature.sign_request(private, path, body, nonce)
        status, answer, answer_headers = self.send(path, body, headers)
        signature = answer_headers.get("Signature")
        if signature is None:
            raise NoAnswer(f"status {status}, not signed")
        if not http_signature.verify_answer(self.notebook.hub.key, status, answer,
                                            answer_headers.get("Nonce", ""), signature,
                                            headers["Signature"]):
            raise NotTheHub()
        plain = inflate(answer) if answer_headers.get("Content-Encoding") == "gzip" else answer
        return status, plain, answer_headers.get("Nonce", "")

    def send(self, path, body, headers):
        """A POST. Redirects are not followed."""
        url = urllib.parse.urlsplit(self.notebook.hub.address)
        demand(url.scheme == "https" or url.hostname in LOOPBACK, "http is for this machine alone")
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname, url.port, timeout=60)
        try:
            connection.request("POST", url.path + path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_ANSWER + 1), answer.headers
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(str(error))
        finally:
            connection.close()

    def exchange_frames(self, request):
        """One sync request and its answer; signed anew once, if the nonce was old."""
        frame = frames.encode_frame("SyncRequest", request)
        for attempt in (1, 2):
            try:
                status, body, nonce = self.post("/v1/sync", frame, self.notebook.private, self.notebook.hub.nonce)
            except NoAnswer:
                self.trace.append("no answer")
                raise
            is_unknown = status == 401 and problem_of(body).rule == "signature"
            if not is_unknown:
                self.notebook.hub.nonce = nonce
            if status == 200:
                self.trace.append(200)
                return frames.decode_frame("SyncAnswer", body)
            problem = problem_of(body)
            self.trace.append(problem.rule)
            if problem.rule != "nonce" or attempt == 2:
                raise problem

    # --- Enrolling

    def enrol(self, link):
        """Take an invitation. A key that came in the place of another names it."""
        invitation = http_signature.read_invitation(link)
        old = self.notebook.hub
        self.notebook.hub = Hub(invitation.address, invitation.hub_key, old.congregation if old else None, [], None)
        try:
            earlier = self.earlier_keys() if old else []
            answer = self.send_enrolment(self.notebook.private, invitation.code, earlier,
                                         is_used=old is not None)
        except Exception:
            self.notebook.hub = old
            raise
        self.store_enrolment(answer)
        if answer["person"]:
            self.notebook.write(MEMBER, self.notebook.member, person=answer["person"])
        self.save()

    def earlier_keys(self):
        """The private keys before this one, the last one first."""
        return [private for private, _ in reversed(self.notebook.earlier)]

    def send_enrolment(self, private, code, earlier, is_used):
        """Enrol a key, with an invitation's code or in the place of earlier keys, the last one first. A key is used
        if the notebook may have written with it for the congregation."""
        request = {"version": 1, "code": code, "publicKey": ed25519.public_key(private),
                   "member": self.notebook.member, "predecessors": [],
                   "used": is_used}
        successor = request["publicKey"]
        for old in earlier[:MOST_PREDECESSORS]:
            message = chain.consent_message(self.notebook.hub.congregation, chain.device_of_private(old), successor)
            successor = ed25519.public_key(old)
            request["predecessors"].append({"publicKey": successor, "consent": ed25519.sign(old, message)})
        status, body, nonce = self.post("/v1/enrol", frames.encode_frame("EnrolRequest", request), private, "")
        if status != 200:
            self.trace.append("enrol " + problem_of(body).rule)
            raise problem_of(body)
        self.trace.append("enrol 200")
        answer = frames.decode_frame("EnrolAnswer", body)
        demand(answer["hub"] == chain.device_of(self.notebook.hub.key), "the answer names another hub")
        return answer | {"nonce": nonce}

    def store_enrolment(self, answer):
        """The place at the hub: a cursor of this hub and epoch stays; another keeps its spaces, at 0."""
        notebook, cursor = self.notebook, self.notebook.cursor
        notebook.hub.congregation, notebook.hub.nonce = answer["congregation"], answer["nonce"]
        notebook.hub.roles, notebook.hub.limits = answer["roles"], answer["limits"]
        if cursor and (cursor["hub"], cursor["epoch"]) == (answer["hub"], answer["epoch"]):
            return
        spaces = spaces_of(cursor) or sorted(answer["scope"])
        notebook.cursor = {"hub": answer["hub"], "epoch": answer["epoch"], "mark": 0, "seal": 0,
                           "positions": [{"space": space, "seq": 0} for space in spaces]}

    # --- Syncing

    def sync(self):
        """Exchange until even, do what follows, and compare."""
        answer = self.exchange()
        if self.follow():
            answer = self.exchange()
        notebook = self.notebook
        if answer["fingerprint"] != notebook.fingerprint():
            differing = comparing.find(notebook, self.ask_sums)
            if differing is not None:
                comparing.note_difference(notebook, is_same=not differing)
            notebook.wanted.update(differing or [])
            if notebook.wanted:
                answer = self.exchange()
        else:
            comparing.note_difference(notebook, is_same=True)
        self.save()
        return answer

    def is_same(self, answer):
        """Whether the hub says that both hold the same; None if it did not say."""
        return answer["fingerprint"] == self.notebook.fingerprint() if answer["fingerprint"] else None

    def exchange(self):
        """Rounds until nothing is left to send or to read. Gives up after three in which nothing moved."""
        idle, with_push = 0, True
        while True:
            before = self.place()
            answer, is_held = self.round(with_push)
            with_push = True
            notebook = self.notebook
            self.save()
            if answer and not (answer["more"] or is_held or notebook.unsent() or notebook.wanted):
                return answer
            with_push = answer is not None or not self.gap
            idle = idle + 1 if self.place() == before and not came_or_left(answer) else 0
            if idle == 3:
                raise NoAnswer("three rounds brought nothing")

    def place(self):
        return self.notebook.cursor, self.notebook.acknowledged, self.notebook.device

    gap = False

    def round(self, with_push):
        """One request and what it leads to. Returns the answer, or None if the next round goes another way."""
        self.gap = False
        request = session.make_request(self.notebook, with_push)
        try:
            answer = self.exchange_frames(request)
            return answer, session.receive(self.notebook, request, answer)
        except session.Forked:
            self.succeed()
        except Problem as problem:
            self.meet(problem)
        return None, False

    def meet(self, problem):
        """What is done about a problem; those that nothing is done about are raised."""
        if problem.rule == "gap":
            self.gap = True
        elif problem.rule in ("forked", "restored"):
            self.succeed()
        elif problem.rule == "signature" and problem.status == 401 and self.notebook.earlier:
            self.enrol_again()
        elif problem.rule == "revoked":
            succession.wipe(self.notebook)
            self.save()
            raise Revoked()
        else:
            raise problem

    def ask_sums(self, compare):
        """The hub's sums for a comparison."""
        return comparing.read_sums(self.exchange_frames(
            {"version": 1, "cursor": self.notebook.cursor, "compare": compare}))

    def follow(self):
        """Move the own meetings and promises whose person lives elsewhere by now. Returns whether any moved."""
        notebook, changes = self.notebook, []
        if EVERYTHING not in spaces_of(notebook.cursor):
            return False
        for (kind, id) in sorted(self.own_records()):
            record = notebook.records.get((kind, id))
            person = notebook.records.get((PERSON, kinds.read(record, "person"))) if record else None
            if person and record.life() == person.life() == "alive" and person.space() != record.space():
                changes.append(notebook.change(kind, id, space=person.space()))
        notebook.act(changes)
        return bool(changes)

    def own_records(self):
        """The meetings and promises that this notebook made."""
        logs = [log for _, log in self.notebook.earlier] + [self.notebook.log]
        return {(own.commit.kind, own.commit.record) for log in logs for own in log
                if own.commit.kind in (ONE_TO_ONE, COMMITMENT)
                and any(write.field == 2 and not write.overwrites for write in own.commit.writes)}

    # --- Succession

    def succeed(self):
        """Go on as another device."""
        notebook = self.notebook
        kept = succession.find_kept(notebook, self.ask_common)
        private = succession.next_key(notebook)
        self.save()
        answer = self.send_enrolment(private, b"", [notebook.private] + self.earlier_keys(), is_used=False)
        succession.issue_anew(notebook, kept)
        self.store_enrolment(answer)
        self.save()

    def ask_common(self, points):
        """Which of the points the hub has. Refusals that it names on the way are kept."""
        while True:
            answer = self.exchange_frames({"version": 1, "cursor": self.notebook.cursor, "points": points,
                                           "refusalsSeen": self.notebook.refusals_seen})
            if not answer["refused"]:
                return answer["common"]
            for item in answer["refused"]:
                session.keep_refusal(self.notebook, item)
                self.notebook.refusals_seen = max(self.notebook.refusals_seen, item["seq"])

    def enrol_again(self):
        """The hub was put back to before this key came: enrol it once more, in the place of those before it."""
        answer = self.send_enrolment(self.notebook.private, b"", self.earlier_keys(), is_used=True)
        self.store_enrolment(answer)


def came_or_left(answer):
    return bool(answer and (answer["block"] or answer["leave"] or answer["enter"] or answer["unknown"]))


def problem_of(body):
    """The problem in a signed answer."""
    problem = json.loads(body)
    return Problem(problem["status"], problem["rule"], problem.get("detail", ""))


def inflate(data):
    """Unpack one gzip member, and not more than an answer may hold."""
    unpacker = zlib.decompressobj(wbits=31)
    plain = unpacker.decompress(data, MOST_ANSWER + 1)
    demand(unpacker.eof and not unpacker.unused_data and len(plain) <= MOST_ANSWER, "too large, or not gzip", "limit")
    return plain
