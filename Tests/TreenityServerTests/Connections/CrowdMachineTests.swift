import NIOCore
import Testing

@testable import TreenityServer

@Suite("A crowd")
struct CrowdMachineTests {
    private func visitor(_ ip: String) throws -> Visitor { Visitor(try SocketAddress(ipAddress: ip, port: 1)) }

    @Test("is never larger than it may be, and those who leave make room")
    func limit() {
        var machine = CrowdMachine(limit: 2, limitPerOrigin: 1)
        for hasRoom in [true, true, false] {
            let entered = machine.enter(.local)
            #expect(entered == hasRoom)
        }
        machine.leave(.local)
        let again = machine.enter(.local)
        #expect(again)
    }

    @Test("has few from each network, and those who leave make room for theirs")
    func limitPerOrigin() throws {
        var machine = CrowdMachine(limit: 10, limitPerOrigin: 2)
        let ann = try visitor("192.0.2.1")
        let bob = try visitor("192.0.2.2")
        var entered: [Bool] = []
        for visitor in [ann, ann, ann, bob, .local, .local, .local] { entered.append(machine.enter(visitor)) }
        #expect(entered == [true, true, false, true, true, true, true])
        machine.leave(ann)
        for hasRoom in [true, false] {
            let again = machine.enter(ann)
            #expect(again == hasRoom)
        }
    }
}
