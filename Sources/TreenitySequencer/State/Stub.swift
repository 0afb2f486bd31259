extension Sequencer { public func stateChunks() -> [[UInt8]] { [] } }
