import Testing
import TreenityProtocol
import TreenityWebSocket

@testable import TreenityServer

@Suite("A guest book")
struct GuestBookMachineTests {
    private typealias Machine = GuestBookMachine<String>

    private func credentials(_ expiries: [String: String]) throws -> Credentials {
        Credentials(
            TokenFile(
                try expiries.sorted { $0.key < $1.key }.map { token, expiry in
                    try TokenEntry(
                        hash: TokenHash(of: token), user: token, grants: [Grant(parsing: "tree:r")],
                        expiry: Expiry(expiry))
                }))
    }

    private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test("makes those leave whose token was taken back, and nobody else")
    func revoked() throws {
        let both = try credentials(["a": "", "b": ""])
        var machine = Machine(both)
        let (number, departure) = machine.enter(try both.identity(bearing: "a", at: time(0)), "ann", at: time(0))
        #expect(departure?.exit == nil)
        _ = machine.enter(try both.identity(bearing: "b", at: time(0)), "bob", at: time(0))
        let gone = machine.replace(try credentials(["b": ""]), at: time(0))
        #expect(gone.map(\.exit) == ["ann"])
        #expect(gone.map(\.reason.code) == [.policyViolation])
        machine.leave(number)
        let nobody = machine.departures(at: time(0))
        #expect(nobody.isEmpty)
    }

    @Test("turns away whoever comes in with what was taken back meanwhile")
    func race() throws {
        var machine = Machine(try credentials([:]))
        let ann = try credentials(["a": ""]).identity(bearing: "a", at: time(0))
        #expect(machine.enter(ann, "ann", at: time(0)).departure?.reason.code == .policyViolation)
    }

    @Test("sets its alarm to the next expiry, but sleeps a minute at most, and not twice for one")
    func alarms() throws {
        let both = try credentials(["a": "1970-01-01", "b": "1970-01-01T00:00:30"])
        var machine = Machine(both)
        let none = machine.setAlarm(at: time(0))
        #expect(none?.alarm == nil)
        _ = machine.enter(try both.identity(bearing: "a", at: time(0)), "ann", at: time(0))
        let minute = machine.setAlarm(at: time(0))
        #expect(minute?.alarm == time(60_000) && minute?.sleep == 60_000)
        let same = machine.setAlarm(at: time(10_000))
        #expect(same?.alarm == nil)
        let bob = try both.identity(bearing: "b", at: time(0))
        #expect(machine.isHastened(by: bob))
        #expect(!machine.isHastened(by: try both.identity(bearing: "a", at: time(0))))
        _ = machine.enter(bob, "bob", at: time(10_000))
        let sooner = machine.setAlarm(at: time(10_000))
        #expect(sooner?.alarm == time(30_000) && sooner?.sleep == 20_000)
        #expect(machine.departures(at: time(29_999)).isEmpty)
        #expect(machine.departures(at: time(30_000)).map(\.exit) == ["bob"])
    }

    @Test("goes on waiting for others when one has to leave, whoever rings, and early")
    func ringing() throws {
        let both = try credentials(["a": "1970-01-01", "b": "1970-01-01T00:00:30"])
        var machine = Machine(both)
        _ = machine.enter(try both.identity(bearing: "a", at: time(0)), "ann", at: time(0))
        let first = machine.setAlarm(at: time(0))
        _ = machine.enter(try both.identity(bearing: "b", at: time(0)), "bob", at: time(0))
        let second = machine.setAlarm(at: time(0))
        machine.ring(try #require(second).alarm)
        let early = machine.setAlarm(at: time(29_999))
        #expect(early?.alarm == time(30_000) && early?.sleep == 1)
        machine.ring(try #require(early).alarm)
        let next = machine.setAlarm(at: time(30_000))
        #expect(next?.alarm == time(90_000) && next?.sleep == 60_000)
        machine.ring(try #require(first).alarm)
        let again = machine.setAlarm(at: time(60_000))
        #expect(again?.alarm == nil)
    }
}
