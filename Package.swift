// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "fieldbook",
    products: [
        .executable(name: "fieldbook", targets: ["fieldbook"]),
        .executable(name: "fieldbook-hub", targets: ["fieldbook-hub"]),
        .executable(name: "simulator", targets: ["simulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CLinux"),
        .target(name: "CCatalog"),
        .target(name: "Wording", dependencies: ["CCatalog"], exclude: ["es.po"]),
        .target(
            name: "Replication",
            dependencies: [
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Exchange/exchange.proto", "Exchange/generate.sh"]),
        .target(
            name: "Store",
            dependencies: [
                "CLinux", "Replication", "Wording",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "Notebook",
            dependencies: [
                "Wording", "Store", "Replication", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Interchange",
            dependencies: [
                "Wording", "Notebook", "Store", "Replication",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "Sync",
            dependencies: [
                "Wording", "Notebook", "Store", "Replication",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .target(
            name: "Pages",
            dependencies: [
                "Notebook", "Store", "Replication", "Wording",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Templates")]),
        .target(
            name: "Hub",
            dependencies: [
                "CLinux", "Pages", "Sync", "Notebook", "Store", "Replication", "Wording",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Terminal",
            dependencies: [
                "Wording", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "fieldbook",
            dependencies: [
                "Wording", "Interchange", "Notebook", "Pages", "Replication", "Store", "Sync",
                "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "fieldbook-hub",
            dependencies: [
                "Hub", "Notebook", "Replication", "Store", "Sync", "Terminal", "Wording",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Machines",
            dependencies: ["Histories", "Notebook", "Replication", "Store", "Sync"],
            path: "Tests/Bench/Machines"),
        .executableTarget(
            name: "replay",
            dependencies: [
                "Histories", "Machines", "Notebook", "Replication", "Store", "Sync",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Bench/Replay"),
        .testTarget(name: "ReplayTests"),
        .executableTarget(
            name: "benchmark",
            dependencies: [
                "Histories", "Machines", "Notebook", "Replication", "Store", "Sync",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Bench/Benchmark"),
        .testTarget(name: "BenchmarkTests"),
        .target(name: "Histories", dependencies: ["Replication"], path: "Tests/Histories"),
        .testTarget(name: "ReplicationTests", dependencies: ["Histories", "Replication"]),
        .executableTarget(
            name: "simulator",
            dependencies: [
                "Histories", "Hub", "Notebook", "Replication", "Store", "Sync", "Wording",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Tests/Simulator"),
        .testTarget(name: "SimulatorTests"),
        .testTarget(name: "ConformanceTests"),
        .executableTarget(
            name: "rubbish",
            dependencies: [
                "Histories", "Hub", "Notebook", "Replication", "Store", "Sync",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/Rigs/Rubbish"),
        .testTarget(name: "RigTests"),
        .executableTarget(
            name: "StoreProbe", dependencies: ["Store", "Replication"], path: "Tests/StoreProbe"),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Wording", "Histories", "Store", "Replication", "StoreProbe",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "NotebookTests",
            dependencies: ["Wording", "Histories", "Notebook", "Store", "Replication"],
            exclude: ["Network/networkx_measures.py"]),
        .testTarget(name: "WordingTests", dependencies: ["Notebook", "Pages", "Wording"]),
        .testTarget(
            name: "InterchangeTests",
            dependencies: [
                "Wording", "Histories", "Interchange", "Notebook", "Store", "Replication",
            ]),
        .testTarget(
            name: "CommandTests",
            dependencies: ["Wording", "fieldbook", "Notebook", "Store", "Replication"]),
        .testTarget(
            name: "SyncTests",
            dependencies: [
                "Wording", "Sync", "Notebook", "Store", "Replication",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .testTarget(
            name: "PagesTests",
            dependencies: [
                "Wording", "Pages", "Notebook", "Store", "Replication",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .testTarget(
            name: "HubTests",
            dependencies: [
                "Wording", "CLinux", "CZlib", "Hub", "Pages", "Sync", "Notebook", "Store",
                "Replication",
                "fieldbook", "fieldbook-hub",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer links with libFuzzer, whose path Tests/Fuzz/run says.
let libFuzzer = Context.environment["FIELDBOOK_FUZZ"]
if let libFuzzer {
    package.products.append(.executable(name: "wire-fuzzer", targets: ["WireFuzzer"]))
    package.targets.append(
        .executableTarget(
            name: "WireFuzzer", dependencies: ["Replication", "Sync"],
            path: "Tests/Fuzz/WireFuzzer",
            linkerSettings: [.unsafeFlags([libFuzzer, "-lstdc++"])]))
}

// What every target of ours keeps: imports say what they are for, and a warning is an error.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}

// What was reached is counted in what decodes alone: to count it in every library, as
// `--sanitize=fuzzer` does, takes ten times as long as a decoder takes to run.
let decoders = ["Replication", "Sync"]
for target in package.targets where libFuzzer != nil && decoders.contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"]))
}

// What is installed needs no Swift beside it, and starts in half the time: the runtime and Foundation are
// in the program, whose own symbols nobody else looks up.
let installed = ["fieldbook", "fieldbook-hub"]
let wholeProgram = [
    "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
    "-l_FoundationCollections", "-lstdc++", "-Xlinker", "--no-export-dynamic",
]
for target in package.targets where installed.contains(target.name) {
    target.linkerSettings = [
        .unsafeFlags(wholeProgram, .when(platforms: [.linux], configuration: .release))
    ]
}
