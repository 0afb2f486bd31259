import Foundation

/// Decoding PATCH messages, beside Foundation's decoder for the same messages.
enum DecodeMeasures {
    static let all = [
        Measure(
            Figure("decode.patch.rate", "messages/cpu-s", "PATCH messages decoded and fully checked"),
            Figure("decode.jsondecoder.rate", "messages/cpu-s", "the same by JSONDecoder into a fixed struct"),
            Figure("decode.ratio", "x", "decode.patch.rate to decode.jsondecoder.rate"),
            run: decode)
    ]

    /// Both in turn, so that what disturbs one disturbs the other.
    private static func decode() throws -> [Double] {
        let turns = 10
        let share = 3000
        var workload = Workload(nodes: Scale.hundredThousand.rawValue)
        workload.build { _ in }
        let messages = workload.messages(turns * share)
        let data = messages.map { Data($0) }
        let decoder = JSONDecoder()
        var ours = 0.0
        var theirs = 0.0
        for turn in 0..<turns {
            let part = turn * share..<(turn + 1) * share
            ours += try ProcessorTime.of {
                for message in messages[part] { blackHole(try Subject.decode(message)) }
            }
            theirs += try ProcessorTime.of {
                for message in data[part] { blackHole(try decoder.decode(FixedMessage.self, from: message)) }
            }
        }
        let count = Double(messages.count)
        return [count / ours, count / theirs, theirs / ours]
    }
}
