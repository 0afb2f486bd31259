import Testing
import TreenityProtocol

@testable import TreenityClient

@Suite("The streams of a socket")
struct AudienceTests {
    private func subscription(_ id: String, _ path: TreePath, _ depth: Int? = nil) -> Subscription {
        Subscription(id: id, path: path, depth: depth)
    }

    @Test("Streams apart from each other have subscriptions of their own, which end with them")
    func apart() {
        var audience = Audience()
        #expect(audience.add(1, "tree/a", depth: nil).subscribe == subscription("s1", "tree/a"))
        #expect(audience.add(2, "tree/b", depth: nil).subscribe == subscription("s2", "tree/b"))
        #expect(audience.remove(1) == subscription("s1", "tree/a"))
        #expect(audience.remove(1) == nil)
        #expect(audience.subscriptions == [subscription("s2", "tree/b")])
    }

    @Test("A stream within another needs none, and is loaded where the other is")
    func within() {
        var audience = Audience()
        _ = audience.add(1, "tree", depth: nil)
        #expect(audience.add(2, "tree/a", depth: nil) == Audience.Wishes())
        #expect(audience.members[2]?.isLoaded == false)
        #expect(audience.completed("s1").streams == [1, 2])
        #expect(audience.add(3, "tree/a/b", depth: 1) == Audience.Wishes())
        #expect(audience.members[3]?.isLoaded == true)
        #expect(audience.remove(1) == nil)
        #expect(audience.remove(3) == nil)
        #expect(audience.remove(2) == subscription("s1", "tree"))
    }

    @Test("A wider stream replaces the subscriptions of those within it")
    func wider() {
        var audience = Audience()
        _ = audience.add(1, "tree/a/b", depth: nil)
        _ = audience.add(2, "tree/c", depth: nil)
        let wishes = audience.add(3, "tree/a", depth: nil)
        #expect(wishes == Audience.Wishes(subscribe: subscription("s3", "tree/a"), unsubscribe: ["s1"]))
        #expect(audience.completed("s3").streams == [1, 3])
    }

    @Test("What a subscription of limited depth does not bring is asked for once, and again whenever that comes anew")
    func depth() {
        var audience = Audience()
        _ = audience.add(1, "tree", depth: 1)
        #expect(audience.add(2, "tree/a", depth: 0) == Audience.Wishes())
        let deeper = audience.add(3, "tree/a", depth: 2)
        #expect(deeper == Audience.Wishes(fetch: Fetch(id: "s2", path: "tree/a", depth: 2)))
        var completed = audience.completed("s1")
        #expect(completed.streams == [1, 2] && completed.fetch.isEmpty)
        completed = audience.completed("s2")
        #expect(completed.streams == [3] && completed.fetch.isEmpty)
        completed = audience.completed("s1")
        #expect(completed.streams == [1, 2] && completed.fetch == [Fetch(id: "s3", path: "tree/a", depth: 2)])
    }

    @Test("Whom a refused subscription served is told")
    func refused() {
        var audience = Audience()
        _ = audience.add(1, "tree/a", depth: nil)
        _ = audience.add(2, "tree/a/b", depth: nil)
        _ = audience.add(3, "tree/c", depth: nil)
        #expect(audience.refused("s1") == [1, 2])
        #expect(audience.refused("s1").isEmpty)
    }

    @Test("A path is known where a stream that is loaded has it")
    func known() {
        var audience = Audience()
        _ = audience.add(1, "tree/a", depth: nil)
        #expect(!audience.isLoaded("tree/a"))
        _ = audience.completed("s1")
        #expect(audience.isLoaded("tree/a/b"))
        #expect(!audience.isLoaded("tree"))
    }
}
