/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Up to twelve scalars from all over Unicode, with those that cause trouble far oftener than chance has them.
  mutating func hostileText() -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &self) {
      let range = Self.ranges.randomElement(using: &self) ?? 0...0
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  private static let ranges: [ClosedRange<UInt32>] = [
    0x00...0x1F, 0x20...0x7E, 0x61...0x7A, 0x7F...0x9F, 0xA0...0x24F, 0x300...0x36F, 0x590...0x8FF, 0x900...0xDFF,
    0x1100...0x11FF, 0x1780...0x180F, 0x2000...0x206F, 0x20D0...0x20FF, 0x2190...0x27BF, 0x3000...0x9FFF,
    0xAC00...0xD7A3,
    0xE000...0xFFFF, 0xFE00...0xFE0F, 0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF, 0x1F3FB...0x1F3FF, 0x200B...0x200F,
    0x200D...0x200D, 0x202A...0x202E, 0xE0000...0xE01EF, 0x0...0x10FFFF, 0x20E3...0x20E3, 0xFE0F...0xFE0F,
  ]
}
