"""Exchanges with the real programs: live.py FOLDER-OF-PROGRAMS

Makes a hub in a temporary folder, enrols a laptop of `fieldbook` and this client, and goes through a life of both.
"""

import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import kinds
from client import Client, Revoked
from json_form import id_text
from kinds import COMMITMENT, ONE_TO_ONE, PERSON, TURF
from merge import COMMONS, ORGANIZERS
from notebook import Notebook
from notebook_file import load, save

TODAY = int(time.time() // 86400)


class World:
    """A folder with a hub, and the programs."""

    def __init__(self, programs):
        self.programs = pathlib.Path(programs)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fieldbook-live-"))
        self.hub_data = str(self.folder / "hub")
        self.port = free_port()
        self.server = None
        self.held, self.failed = 0, 0

    def run(self, program, *arguments, check=True):
        """A program's standard output, as JSON if it is that."""
        done = subprocess.run([self.programs / program, *arguments], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"{program} {arguments}: {done.returncode} {done.stdout} {done.stderr}")
        self.code, self.err = done.returncode, done.stderr
        try:
            return json.loads(done.stdout)
        except ValueError:
            return done.stdout

    def hub(self, command, *arguments, **options):
        return self.run("fieldbook-hub", command, "--data", self.hub_data, *arguments, **options)

    def book(self, notebook, *arguments, **options):
        return self.run("fieldbook", *arguments, "--notebook", str(self.folder / notebook), **options)

    def serve(self):
        self.server = subprocess.Popen(
            [self.programs / "fieldbook-hub", "serve", "--data", self.hub_data, "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.server.stdout.readline()

    def stop(self):
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()

    def invite(self, name, *arguments):
        return self.hub("invite", "--name", name, "--json", *arguments)["invitation"]

    def check(self, what, holds, detail=""):
        self.held, self.failed = self.held + bool(holds), self.failed + (not holds)
        print(("ok      " if holds else "FAILED  ") + what, detail if not holds else "", flush=True)

    def fingerprints(self, notebook):
        """A laptop's fingerprints by space, as this client writes them."""
        names = {"commons": id_text(COMMONS), "organizers": id_text(ORGANIZERS)}
        found = self.book(notebook, "verify", "--json")["fingerprints"]
        return {names.get(space, space): value for space, value in found.items()}

    def same(self, what, client, notebook):
        mine = {id_text(space): value.hex() for space, value in client.notebook.fingerprints().items()}
        theirs = self.fingerprints(notebook)
        self.check(what, mine == theirs, f"\n   mine   {mine}\n   theirs {theirs}")


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def even(world, what, client):
    """Sync, and compare with the hub's own word."""
    answer = client.sync()
    while client.is_same(answer) is None:
        time.sleep(0.2)                                 # the hub's own notebook stands elsewhere for now
        answer = client.sync()
    world.check(what + ": the hub has the same fingerprint", client.is_same(answer))
    return answer


def add_person(client, name, space=ORGANIZERS, **values):
    id = client.notebook.new_id()
    client.notebook.write(PERSON, id, space=space, name=name, organizer=client.notebook.member, **values)
    return id


def begin(world):
    world.run("fieldbook-hub", "init", "--congregation", "St. Mark", "--data", world.hub_data, "--json")
    world.serve()
    world.book("ana.db", "init", "--name", "Ana Reyes")
    world.book("ana.db", "person", "add", "Rosa Alvarez", "--phone", "555-0100")
    world.book("ana.db", "met", "Rosa", "--heard", "buses,asthma", "--next", "call", "--due", "tomorrow")
    world.book("ana.db", "join", world.invite("Ana Reyes", "--role", "organizer"))
    ben = Client(Notebook("Ben Okafor"))
    add_person(ben, "Luis Ortega", phone="555-0200", tags=[("choir", True), ("youth", True)])
    ben.enrol(world.invite("Ben Okafor", "--role", "organizer", "--role", "admin"))
    return ben


def both_ways(world, ben):
    even(world, "the first push", ben)
    world.book("ana.db", "sync")
    even(world, "what Ana wrote", ben)
    world.same("both ways", ben, "ana.db")
    rosa = person(ben, "Rosa Alvarez")
    meeting = ben.notebook.new_id()
    ben.notebook.write(ONE_TO_ONE, meeting, space=ORGANIZERS, person=rosa, organizer=ben.notebook.member, on=TODAY,
                       minutes=45, status="held", summary="Her mother", heard=[("rent", True), ("buses", True)])
    promise = ben.notebook.new_id()
    ben.notebook.write(COMMITMENT, promise, space=ORGANIZERS, person=rosa, organizer=ben.notebook.member,
                       direction="they", what="bring five", quantity=5, due=TODAY + 7, status="open")
    even(world, "a meeting and a promise", ben)
    world.book("ana.db", "sync")
    world.same("a meeting and a promise", ben, "ana.db")
    shown = json.dumps(world.book("ana.db", "person", "show", "Rosa", "--json"))
    world.check("Ana sees them", "Her mother" in shown and "bring five" in shown, shown)
    return rosa, meeting, promise


def person(client, name):
    return next(id for (kind, id), record in client.notebook.records.items()
                if kind == PERSON and kinds.read(record, "name") == name)


def conflict(world, ben, rosa):
    ben.notebook.write(PERSON, rosa, phone="555-0122")
    world.book("ana.db", "person", "edit", "Rosa", "--phone", "555-0111")
    world.book("ana.db", "sync")
    even(world, "a conflict", ben)
    world.book("ana.db", "sync")
    record = ben.notebook.records[(PERSON, rosa)]
    world.check("two values are shown", len(record.conflict((19,))) == 2)
    world.check("Ana sees the conflict", "555-0111" in json.dumps(world.book("ana.db", "conflicts", "--json")))
    world.same("the same conflict", ben, "ana.db")
    ben.notebook.write(PERSON, rosa, phone="555-0111")
    even(world, "settled by Ben", ben)
    world.book("ana.db", "sync")
    world.same("settled by Ben", ben, "ana.db")
    listed = json.dumps(world.book("ana.db", "conflicts", "--json"))
    world.check("Ana sees none", "555-0122" not in listed, listed)
    ben.notebook.write(PERSON, rosa, given="Rosa", email="a@b")
    world.book("ana.db", "person", "edit", "Rosa", "--email", "c@d")
    world.book("ana.db", "sync"); ben.sync(); world.book("ana.db", "sync")
    world.book("ana.db", "conflicts", "settle", "Rosa", "email", "--take", "1")
    world.book("ana.db", "sync")
    even(world, "settled by Ana", ben)
    world.check("Ben sees none", not record_of(ben, PERSON, rosa).conflict((20,)))
    world.same("settled by Ana", ben, "ana.db")


def record_of(client, kind, id):
    return client.notebook.records[(kind, id)]


def delete(world, ben):
    luis = person(ben, "Luis Ortega")
    ben.notebook.delete(PERSON, luis)
    even(world, "a delete", ben)
    world.book("ana.db", "person", "edit", "Luis", "--email", "l@o")     # she has not heard of it
    world.book("ana.db", "sync")
    even(world, "deleted while edited", ben)
    world.check("deleted while edited", record_of(ben, PERSON, luis).life() == "deletedWhileEdited")
    world.same("deleted while edited", ben, "ana.db")
    ben.notebook.restore(PERSON, luis)
    even(world, "restored", ben)
    world.book("ana.db", "sync")
    world.book("ana.db", "person", "delete", "Luis")
    world.book("ana.db", "sync")
    even(world, "deleted by Ana", ben)
    world.check("deleted by Ana", record_of(ben, PERSON, luis).life() == "deleted")
    world.same("deleted by Ana", ben, "ana.db")


def erase(world, ben):
    gone = add_person(ben, "Gone Soon", phone="555")
    even(world, "a person", ben)
    world.book("ana.db", "sync")
    ben.notebook.write(PERSON, gone, erased=1)
    even(world, "erased", ben)
    world.book("ana.db", "sync")
    world.check("erased", record_of(ben, PERSON, gone).life() == "erased")
    world.same("erased", ben, "ana.db")


def turfs(world, ben, rosa, meeting):
    """A leader, whose scope is one turf: people move in and out."""
    turf = ben.notebook.new_id()
    ben.notebook.write(TURF, turf, space=turf, name="North Side")
    even(world, "a turf", ben)
    dora = Client(Notebook("Dora"))
    dora.enrol(world.invite("Dora", "--role", "leader", "--turf", id_text(turf)))
    even(world, "a leader", dora)
    hers = add_person(dora, "Nadia", space=turf)
    even(world, "a leader's person", dora)
    even(world, "a leader's person, at Ben's", ben)
    notebook = ben.notebook
    notebook.act([notebook.change(PERSON, rosa, space=turf)]
                 + [notebook.change(kind, id, space=turf) for (kind, id), record in sorted(notebook.records.items())
                    if kind in (ONE_TO_ONE, COMMITMENT) and kinds.read(record, "person") == rosa])
    even(world, "a move into the turf", ben)
    even(world, "what entered", dora)
    world.check("the leader has Rosa and her meetings", (ONE_TO_ONE, meeting) in dora.notebook.records)
    dora.notebook.write(PERSON, rosa, address="12 Elm")             # unsent, while she leaves
    ben.notebook.act([ben.notebook.change(PERSON, rosa, space=ORGANIZERS)])
    ben.sync()
    even(world, "a held page", dora)
    world.check("Rosa left the leader", (PERSON, rosa) not in dora.notebook.records)
    even(world, "after the held page", ben)
    world.check("her edit was taken", kinds.read(record_of(ben, PERSON, rosa), "address") == "12 Elm")
    world.check("Ben's meeting followed by itself", record_of(ben, ONE_TO_ONE, meeting).space() == ORGANIZERS)
    world.book("ana.db", "sync"); even(world, "followed", ben); world.book("ana.db", "sync"); ben.sync()
    world.same("followed", ben, "ana.db")
    dora.notebook.write(PERSON, rosa, address="13 Elm", space=turf)           # not hers to write
    even(world, "a refused commit", dora)
    world.check("it was refused", dora.notebook.refusals and (PERSON, rosa) not in dora.notebook.records,
                dora.notebook.refusals)
    print("        refusals:", [(refusal.seq, refusal.rule) for refusal in dora.notebook.refusals])
    return dora, turf, hers


def erase_in_turf(world, ben, dora, hers):
    ben.notebook.write(PERSON, hers, erased=1)
    even(world, "a leader's person erased", ben)
    even(world, "a leader hears of it", dora)
    world.check("the leader's is erased", record_of(dora, PERSON, hers).life() == "erased")


def restart(world, ben):
    world.stop()
    world.serve()
    ben.trace.clear()
    add_person(ben, "After Restart")
    even(world, "the hub restarted", ben)
    world.check("signed anew for the hub's new nonce", ben.trace[:2] == ["nonce", 200], ben.trace)
    world.book("ana.db", "sync")
    world.same("the hub restarted", ben, "ana.db")


def put_back(world, ben):
    """The hub loses what it took in since its backup, and gets it again from the laptops."""
    ben.notebook.write(PERSON, person(ben, "Rosa Alvarez"), language="es")
    even(world, "before the backup", ben)
    world.book("ana.db", "sync")
    backup = world.hub("backup", "--json")
    since = add_person(ben, "Since Backup")
    even(world, "since the backup", ben)
    world.book("ana.db", "person", "add", "Ana Since Backup")
    world.book("ana.db", "sync")
    ben.sync()
    unsent = add_person(ben, "Unsent At Restore")
    world.stop()
    folder = next(value for value in backup.values() if isinstance(value, str) and "backups" in value)
    world.hub("restore", folder)
    world.serve()
    ben.trace.clear()
    old = ben.notebook.device
    ben.sync()
    print("        Ben's requests:", ben.trace)
    world.check("what was unsent goes up under a new key", ben.notebook.device != old)
    print("        Ana:", world.book("ana.db", "sync", "--json", check=False), world.code)
    ben.trace.clear()
    even(world, "put back", ben)
    world.book("ana.db", "sync")
    even(world, "put back, once more", ben)
    print("        Ben's requests:", ben.trace)
    world.same("put back", ben, "ana.db")
    world.check("Ben's person is there", (PERSON, since) in ben.notebook.records
                and "Since Backup" in json.dumps(world.book("ana.db", "person", "list", "--json")))
    world.check("the unsent one is there", "Unsent At Restore" in json.dumps(
        world.book("ana.db", "person", "list", "--json")))


def copied(world, ben):
    """Two copies of the client's notebook both write."""
    path = world.folder / "ben.json"
    save(ben.notebook, path)
    copy = Client(load(path))
    world.check("a notebook comes back from its file", copy.notebook.fingerprint() == ben.notebook.fingerprint())
    add_person(ben, "By Ben"); add_person(ben, "By Ben Too")
    even(world, "the one copy", ben)
    add_person(copy, "By The Copy")
    copy.trace.clear()
    even(world, "the other copy", copy)
    print("        the copy's requests:", copy.trace)
    world.check("the copy has another key", copy.notebook.device != ben.notebook.device)
    even(world, "the one copy hears", ben)
    world.check("both copies have the same", copy.notebook.fingerprint() == ben.notebook.fingerprint())
    world.book("ana.db", "sync")
    world.same("both copies", ben, "ana.db")
    return copy


def revoke(world, ben, copy):
    add_person(ben, "Never Acknowledged")
    world.hub("revoke", ben.notebook.device.hex())
    try:
        ben.sync()
        world.check("revoked", False, ben.trace)
    except Revoked:
        world.check("revoked: wiped but for what was never acknowledged",
                    [kinds.read(record, "name") for record in ben.notebook.records.values()] == ["Never Acknowledged"])
    try:
        copy.sync()
        world.check("its copy is revoked", False, copy.trace)
    except Revoked:
        world.check("its copy is revoked", len(copy.notebook.records) == 0)
    ben.trace.clear()
    ben.enrol(world.invite("Ben Okafor", "--role", "organizer"))
    even(world, "invited again", ben)
    print("        requests:", ben.trace)
    world.book("ana.db", "sync")
    world.same("invited again", ben, "ana.db")


def main():
    world = World(sys.argv[1])
    try:
        ben = begin(world)
        rosa, meeting, promise = both_ways(world, ben)
        conflict(world, ben, rosa)
        delete(world, ben)
        erase(world, ben)
        dora, turf, hers = turfs(world, ben, rosa, meeting)
        erase_in_turf(world, ben, dora, hers)
        restart(world, ben)
        put_back(world, ben)
        copy = copied(world, ben)
        revoke(world, ben, copy)
    finally:
        if world.server:
            world.stop()
        if not world.failed and "--keep" not in sys.argv:
            shutil.rmtree(world.folder)
        else:
            print("kept:", world.folder)
        print(f"{world.held} hold, {world.failed} do not")
    sys.exit(1 if world.failed else 0)


if __name__ == "__main__":
    main()
