// swift-tools-version: 6.2
import PackageDescription

// Not MemberImportVisibility: of C structures such as `stat` it asks for the import of whichever module happened to be
// loaded first, which is another one in release builds than in debug builds.
let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "tenantry",
  products: [
    .executable(name: "tenantry", targets: ["tenantry"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // No traits: its formats bring Foundation, and keep no lines.
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    // Hummingbird's default traits pull in the whole of Foundation, which every start would pay for.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .executableTarget(
      name: "tenantry",
      dependencies: [
        "Console", "Cloudflare", "Sandbox", "Terminal", "Curses", "CYAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Linking"],
      swiftSettings: strict,
      linkerSettings: [
        // A release starts in a third of the time: nothing has to be relocated, no symbols are offered that nobody asks
        // for, and the libraries that its folder Linking names are in the program instead of beside it.
        .unsafeFlags(
          [
            "-use-ld=lld", "-Xclang-linker", "-no-pie", "-Xlinker", "--no-export-dynamic",
            "-L\(Context.packageDirectory)/Sources/tenantry/Linking",
          ], .when(configuration: .release))
      ]
    ),
    .target(name: "Console", dependencies: ["Cloudflare", "Terminal"], swiftSettings: strict),
    .target(
      name: "Cloudflare",
      dependencies: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Sandbox",
      dependencies: [
        "Cloudflare",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .target(name: "Terminal", swiftSettings: strict),
    .target(name: "Curses", dependencies: ["Terminal", "CNcurses"], swiftSettings: strict),
    .target(
      name: "CNcurses",
      cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
    ),
    // The C library itself: what wraps it for Swift brings the whole of Foundation, 50 MB of it in a static program.
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    // For Tests/Measure/listing; no product that anybody gets.
    .executableTarget(
      name: "measure-listing", dependencies: ["Cloudflare"], path: "Tests/MeasureListing", swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests", dependencies: ["Console", "TestSupport"], exclude: ["Snapshots"], swiftSettings: strict),
    .testTarget(
      name: "CloudflareTests",
      dependencies: [
        "Cloudflare", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SandboxTests",
      dependencies: [
        "Sandbox", "Cloudflare",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Clients"],
      swiftSettings: strict
    ),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "CursesTests", dependencies: ["Curses", "CNcurses", "Terminal"], swiftSettings: strict),
    .testTarget(
      name: "TenantryTests",
      dependencies: ["tenantry", "Cloudflare", "Curses", "Terminal"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "tenantry", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOFoundationEssentialsCompat", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
