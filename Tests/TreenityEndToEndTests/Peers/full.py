"""Fills a server's disk, and makes room again.

full.py TREENITY DISK ROUNDS SEED

DISK is a small file system of its own, on which nothing else is. What was acknowledged has to be there in the end, exactly
once, also after a restart; what was refused has to have left nothing.
"""

import errno
import os
import random
import sys
import threading

from wire import judge, Peer, Server

# Enough for the server's states and logs to be rewritten beside each other.
ROOM = 2 << 20


class Disk:
    """Room is made and taken by a file beside the server's."""

    def __init__(self, path):
        self.ballast = path + "/ballast"

    def leave(self, room):
        with open(self.ballast, "wb") as file:
            while (size := self.free() - room) > 0:
                try:
                    os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, size)
                except OSError as error:
                    # The server has taken some of it meanwhile.
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self):
        status = os.statvfs(self.ballast)
        return status.f_bavail * status.f_frsize

    def clear(self):
        os.remove(self.ballast)


class Reader(threading.Thread):
    """Sees everything, in order, whatever the disk is like."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.peer = Peer(server)
        self.peer.send({"type": "SUBSCRIBE", "id": "s", "path": "tree"})
        snapshot = self.peer.next("SNAPSHOT")
        self.seq, self.seen = snapshot["seq"], {}
        self.failure = None

    def run(self):
        try:
            while True:
                frame = self.peer.next("PATCH", "BATCH")
                for patch in frame.get("patches", [frame]):
                    assert patch["seq"] == self.seq + 1, f"{patch['seq']} comes after {self.seq}"
                    self.seq = patch["seq"]
                    self.seen[patch["path"]] = patch["value"]
                    if patch["path"] == "tree/end":
                        return
        except BaseException as error:
            self.failure = error


class Writer:
    def __init__(self, server, number, dice):
        self.peer = Peer(server)
        self.peer.next("WELCOME")
        self.number = number
        self.dice = dice
        self.count = 0
        self.acknowledged = {}
        self.refused = {}

    def send(self):
        """A patch or a batch; whether it was taken."""
        self.count += 1
        patches = [{"type": "ADD", "path": f"tree/w{self.number}/n{self.count}-{index}",
                    "value": {"x": "y" * self.dice.choice([10, 1_000, 30_000])}}
                   for index in range(self.dice.choice([1, 1, 3]))]
        frame = patches[0] if len(patches) == 1 else {"type": "BATCH", "patches": patches}
        frame = {**frame, "id": f"{self.number}-{self.count}"}
        self.peer.send(frame)
        answer = self.peer.next("ACK", "ERROR")
        assert answer["id"] == frame["id"], answer
        if answer["type"] == "ACK":
            self.acknowledged.update((patch["path"], patch["value"]) for patch in patches)
            return True
        assert answer["code"] == "unavailable" and "disk is full" in answer["message"], answer
        self.refused[frame["id"]] = (frame, patches)
        return False

    def repeat(self):
        """What was refused is decided anew, and is taken now."""
        for id, (frame, patches) in self.refused.items():
            self.peer.send(frame)
            answer = self.peer.next("ACK", "ERROR")
            assert answer["type"] == "ACK" and answer["id"] == id, answer
            self.acknowledged.update((patch["path"], patch["value"]) for patch in patches)
        self.refused = {}


def fill(server, disk, writers):
    """Until nobody can write; then readers are served, and after that there is room."""
    disk.leave(ROOM)
    full = 0
    while full < 10:
        full = 0 if any([writer.send() for writer in writers]) else full + 1
    there = server.tree()
    for writer in writers:
        nodes = there.get(f"w{writer.number}", {})
        for _, patches in writer.refused.values():
            assert not any(patch["path"].rsplit("/", 1)[1] in nodes for patch in patches), "a refused patch has left something"
    assert server.metric("treenity_log_failures_total") > 0
    asker = Peer(server)
    asker.send({"type": "SUBSCRIBE", "id": "s", "path": "tree"})
    nodes, more = [], True
    while more:
        snapshot = asker.next("SNAPSHOT")
        nodes += snapshot["nodes"]
        more = snapshot.get("more")
    assert len(nodes) == 1 + sum(1 + len(children) for children in there.values()), "the snapshot is another tree"
    asker.send({"type": "FIND", "id": "f", "path": "tree", "query": "n1-0"})
    assert asker.next("FOUND", "ERROR")["type"] == "FOUND"
    asker.close()
    disk.clear()
    # By itself: nobody tells it.
    for writer in writers:
        writer.repeat()
    assert server.get("/healthz") == "ok\n"


def expect(tree, writers):
    model = {}
    for writer in writers:
        for path, value in writer.acknowledged.items():
            _, top, node = path.split("/")
            model.setdefault(top, {})[node] = value
    there = {name: value for name, value in tree.items() if name != "end"}
    missing = [f"{top}/{node}" for top, nodes in model.items() for node in nodes if node not in there.get(top, {})]
    assert not missing, f"{len(missing)} acknowledged patches are lost, as {missing[0]}"
    assert there == model, "there is more than what was acknowledged"


def main(program, path, rounds, seed):
    dice = random.Random(seed)
    disk = Disk(path)
    server = Server(program, "--data", path + "/tree.db")
    writers = [Writer(server, number, dice) for number in range(3)]
    reader = Reader(server)
    reader.start()
    for _ in range(rounds):
        fill(server, disk, writers)
    refused = server.metric("treenity_log_failures_total")
    writers[0].peer.send({"type": "ADD", "id": "end", "path": "tree/end", "value": {}})
    assert writers[0].peer.next("ACK", "ERROR")["type"] == "ACK"
    reader.join()
    assert reader.failure is None, f"the reader has noticed: {reader.failure!r}"
    expect(server.tree(), writers)
    assert len(reader.seen) == 1 + sum(len(writer.acknowledged) for writer in writers), "the reader has missed something"
    # At a moment when there is no room, too.
    disk.leave(0)
    if dice.random() < 0.5:
        server.process.kill()
        server.process.wait()
    else:
        server.stop()
    disk.clear()
    server = Server(program, "--data", path + "/tree.db")
    expect(server.tree(), writers)
    assert server.stop() == 0
    count = sum(len(writer.acknowledged) for writer in writers)
    print(f"{rounds} times full, {count} nodes acknowledged, {refused:.0f} times nothing could be written")


judge(main, sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
