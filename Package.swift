// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "treenity",
    products: [
        .executable(name: "treenity", targets: ["treenity"]),
        .executable(name: "treenity-bench", targets: ["treenity-bench"]),
        .executable(name: "treenity-echo", targets: ["treenity-echo"]),
        .library(name: "TreenityProtocol", targets: ["TreenityProtocol"]),
        .library(name: "TreenityStore", targets: ["TreenityStore"]),
        .library(name: "TreenitySequencer", targets: ["TreenitySequencer"]),
        .library(name: "TreenityLog", targets: ["TreenityLog"]),
        .library(name: "TreenityDataFile", targets: ["TreenityDataFile"]),
        .library(name: "TreenityClient", targets: ["TreenityClient"]),
        .library(name: "TreenityServer", targets: ["TreenityServer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // The core: pure values, no input or output.
        .target(name: "TreenityProtocol", swiftSettings: strict),
        .target(name: "TreenityStore", dependencies: ["TreenityProtocol"], swiftSettings: strict),
        .target(
            name: "TreenitySequencer", dependencies: ["TreenityProtocol", "TreenityStore"], swiftSettings: strict),
        .target(
            name: "TreenityLog", dependencies: ["TreenityProtocol", "TreenityStore", "TreenitySequencer"],
            swiftSettings: strict),
        .target(name: "TreenityUI", dependencies: ["TreenityProtocol", "TreenityStore"], swiftSettings: strict),
        .target(
            name: "TreenityConfiguration", dependencies: ["TreenityProtocol", "TreenityUI", "TreenityYAML", yaml],
            swiftSettings: strict
        ),
        .target(name: "TreenityYAML", dependencies: [yaml], swiftSettings: strict),
        .target(name: "TreenityLife", dependencies: ["TreenityProtocol"], swiftSettings: strict),

        // The network.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "TreenityWebSocket",
            dependencies: ["CZlib", nio("NIOCore"), nio("NIOHTTP1"), nio("NIOWebSocket")],
            swiftSettings: strict),
        .target(
            name: "TreenityClient",
            dependencies: [
                "TreenityProtocol", "TreenityStore", "TreenityWebSocket", nio("NIOCore"), nio("NIOPosix"),
                nio("NIOHTTP1"), tls, logging,
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: strict),
        .target(
            name: "TreenityDataFile",
            dependencies: [
                "CZlib", "TreenityProtocol", "TreenitySequencer", "TreenityLog",
                .product(name: "GRDB", package: "GRDB.swift"), logging,
            ],
            swiftSettings: strict),
        .target(
            name: "TreenityActions",
            dependencies: [
                "TreenityProtocol", "TreenitySequencer", "TreenityYAML", yaml, system, nio("NIOCore"), nio("NIOPosix"),
                nio("NIOHTTP1"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),
        .target(
            name: "TreenityServer",
            dependencies: [
                "TreenityProtocol", "TreenityStore", "TreenitySequencer", "TreenityLog", "TreenityWebSocket",
                "TreenityYAML", nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOWebSocket"), tls, crypto,
                yaml, logging,
            ],
            swiftSettings: strict),

        // The terminal.
        .target(name: "CNcurses"),
        .target(name: "TreenityTerminal", dependencies: ["TreenityUI", "CNcurses"], swiftSettings: strict),

        // Commands and wiring.
        .executableTarget(
            name: "treenity",
            dependencies: [
                "TreenityProtocol", "TreenityStore", "TreenitySequencer", "TreenityLog", "TreenityDataFile",
                "TreenityActions",
                "TreenityUI", "TreenityConfiguration", "TreenityYAML", "TreenityLife", "TreenityClient",
                "TreenityServer",
                "TreenityTerminal", arguments, logging, system,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict),

        .executableTarget(
            name: "treenity-bench", dependencies: ["TreenityProtocol", "TreenityStore", arguments],
            swiftSettings: strict),

        // The client library's smallest user; its documentation prints it.
        .executableTarget(
            name: "treenity-example", dependencies: ["TreenityProtocol", "TreenityStore", "TreenityClient"],
            swiftSettings: strict),

        // WebSocket alone, for suites that judge implementations of it.
        .executableTarget(
            name: "treenity-echo",
            dependencies: ["TreenityWebSocket", nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), tls, arguments],
            swiftSettings: strict),

        // What several test targets need.
        .target(
            name: "TreenityTesting", dependencies: ["TreenityProtocol", "TreenityStore"], path: "Tests/TreenityTesting",
            swiftSettings: strict),
        .target(
            name: "TreenityFaults", dependencies: ["TreenityTesting", nio("NIOCore"), nio("NIOPosix")],
            path: "Tests/TreenityFaults", swiftSettings: strict),

        .testTarget(
            name: "TreenityProtocolTests", dependencies: ["TreenityProtocol", "TreenityTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityStoreTests", dependencies: ["TreenityProtocol", "TreenityStore", "TreenityTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "TreenitySequencerTests",
            dependencies: ["TreenityProtocol", "TreenityStore", "TreenitySequencer", "TreenityTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityLogTests",
            dependencies: ["TreenityProtocol", "TreenityStore", "TreenitySequencer", "TreenityLog", "TreenityTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityDataFileTests",
            dependencies: [
                "TreenityProtocol", "TreenitySequencer", "TreenityLog", "TreenityDataFile", "TreenityTesting",
                .product(name: "GRDB", package: "GRDB.swift"), logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityActionsTests",
            dependencies: [
                "TreenityProtocol", "TreenitySequencer", "TreenityActions", "TreenityYAML", "TreenityTesting",
                nio("NIOCore"),
                nio("NIOPosix"), nio("NIOHTTP1"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityUITests", dependencies: ["TreenityProtocol", "TreenityStore", "TreenityUI"],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "TreenityConfigurationTests",
            dependencies: ["TreenityProtocol", "TreenityUI", "TreenityConfiguration", "TreenityYAML"],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityLifeTests", dependencies: ["TreenityProtocol", "TreenityLife", "TreenityTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityWebSocketTests",
            dependencies: [
                "TreenityWebSocket", "TreenityTesting", nio("NIOCore"), nio("NIOEmbedded"), nio("NIOHTTP1"),
                nio("NIOWebSocket"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityClientTests",
            dependencies: [
                "TreenityProtocol", "TreenityStore", "TreenityClient", "TreenityWebSocket", "TreenityTesting",
                nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOWebSocket"), tls,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityStreamTests",
            dependencies: [
                "TreenityProtocol", "TreenityStore", "TreenitySequencer", "TreenityLog", "TreenityClient",
                "TreenityServer", "TreenityFaults", "TreenityTesting", nio("NIOCore"), logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityServerTests",
            dependencies: [
                "TreenityProtocol", "TreenityStore", "TreenitySequencer", "TreenityLog", "TreenityClient",
                "TreenityServer", "TreenityWebSocket", "TreenityYAML", nio("NIOCore"), nio("NIOEmbedded"),
                nio("NIOPosix"),
                nio("NIOHTTP1"), tls, crypto, logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TreenityTerminalTests", dependencies: ["TreenityUI", "TreenityTerminal"], swiftSettings: strict),
        .testTarget(
            name: "TreenityEndToEndTests", dependencies: ["treenity", "TreenityUI", logging], exclude: ["Peers"],
            swiftSettings: strict),
    ]
)
