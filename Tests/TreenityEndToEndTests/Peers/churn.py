"""Comes and goes, at every stage of a connection and in every manner, and finds out whether anything of it stays.

churn.py TREENITY FOLDER ROUNDS

FOLDER holds a certificate and its key, for the stages of an encrypted connection. Each round is one connection for each stage.
"""

import ssl
import sys
import time

from wire import connect, frame, judge, PATIENCE, Peer, request, reset, Server, SESSION, TEXT

# What a connection may leave behind for good, in bytes: nothing, but memory is measured roughly. A leak of a
# connection's memory is some tens of KiB.
LEFT = 2 << 10
ROUGHNESS = 6 << 20

HELLO = bytes.fromhex("16030100c8010000c40303") + bytes(32)


def nothing(server):
    connect(server).close()


def nothing_reset(server):
    reset(connect(server))


def half_request(server):
    plug = connect(server)
    plug.sendall(request()[:40])
    return plug.close


def request_and_gone(server):
    plug = connect(server)
    plug.sendall(b"GET /tree HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return lambda: reset(plug)


def upgrade(server):
    return Peer(server).close


def upgrade_unheard(server):
    plug = connect(server)
    plug.sendall(request((SESSION,)))
    return lambda: reset(plug)


def bare(server):
    return Peer(server, ()).reset


def half_frame(server):
    peer = Peer(server)
    peer.write(frame(TEXT, b"{", length=50_000))
    return peer.close


def half_message(server):
    peer = Peer(server)
    peer.write(frame(TEXT, b" " * 10_000, fin=False))
    return peer.reset


def subscription(server):
    peer = Peer(server)
    peer.send({"type": "SUBSCRIBE", "id": "s", "path": "tree"})
    peer.send({"type": "PRESENCE", "path": "tree"})
    peer.send({"type": "ADD", "id": "p", "path": "tree/n", "value": 1})
    peer.next("SNAPSHOT")
    return peer.reset


def subscription_unheard(server):
    peer = Peer(server)
    for number in range(10):
        peer.send({"type": "SUBSCRIBE", "id": f"s{number}", "path": "tree"})
        peer.send({"type": "HISTORY", "id": "h", "path": "tree"})
    return peer.reset


def good_bye(server):
    peer = Peer(server)
    peer.write(frame(8, b"\3\xe8"))
    code = peer.end()
    assert code == 1000, code


def half_hello(server):
    plug = connect(server)
    plug.sendall(HELLO)
    return plug.close


def half_hello_reset(server):
    plug = connect(server)
    plug.sendall(HELLO[:7])
    return lambda: reset(plug)


def encrypted(server):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plug = context.wrap_socket(connect(server))
    plug.sendall(request((SESSION,)))
    assert plug.recv(12) == b"HTTP/1.1 101"
    return lambda: reset(plug)


PLAIN = [nothing, nothing_reset, half_request, request_and_gone, upgrade, upgrade_unheard, bare, half_frame, half_message,
         subscription, subscription_unheard, good_bye]
ENCRYPTED = [nothing, nothing_reset, half_hello, half_hello_reset, encrypted]
# So many rounds are open at once.
TOGETHER = 8


def churn(server, stages, rounds):
    for begin in range(0, rounds, TOGETHER):
        ends = [stage(server) for _ in range(begin, min(begin + TOGETHER, rounds)) for stage in stages]
        for end in filter(None, ends):
            end()


def settle(reads, expected):
    """Asks until it is so: the server hears of the end of a connection later than its peer."""
    deadline = time.monotonic() + PATIENCE
    while (value := reads()) != expected and time.monotonic() < deadline:
        pass
    return value


def check(server, stages, rounds):
    # What is made once and kept is there after that, and is no leak.
    churn(server, stages, max(rounds // 2, TOGETHER))
    # One socket listens.
    assert settle(lambda: server.descriptors()[0], 1) == 1, f"{server.descriptors()[0] - 1} sockets are left open"
    files, before = server.descriptors()[1], server.memory()
    count = rounds * len(stages)
    # What was encrypted is kept for some seconds (by NIOSSL, for an orderly end): that grows up to a bound. A leak does not
    # end.
    for _ in range(5):
        churn(server, stages, rounds)
        left = settle(server.descriptors, (1, files))
        assert left == (1, files), f"{left[0] - 1} sockets and {left[1] - files} files are left open"
        grown, before = server.memory() - before, server.memory()
        if grown < ROUGHNESS + LEFT * count:
            break
    else:
        raise AssertionError(f"{grown >> 10} KiB are left of {count} connections, again and again")
    assert server.is_alive()
    return f"{count} connections left {grown >> 10} KiB"


def main(program, folder, rounds):
    plain = Server(program)
    encrypted = Server(program, "--tls-cert", folder + "/certificate.pem", "--tls-key", folder + "/key.pem")
    said = [check(plain, PLAIN, rounds), check(encrypted, ENCRYPTED, rounds)]
    open = settle(lambda: plain.metric("treenity_connections"), 0)
    assert open == 0 and plain.metric("treenity_subscriptions") == 0, f"{open} sessions are left"
    assert plain.stop() == 0 and encrypted.stop() == 0
    print("; ".join(said))


judge(main, sys.argv[1], sys.argv[2], int(sys.argv[3]))
