import Glibc

// glibc declares `wcwidth` only under feature macros that Swift's importer does not set, and this module has no C part.
@_silgen_name("wcwidth")
private func wcwidth(_ scalar: Int32) -> Int32

/// The columns that ncurses gives a scalar: glibc's answer for the current locale, which is what ncurses asks too.
///
/// A table of our own would differ from ncurses' with the next version of glibc, and shift every row it is wrong on.
///
/// - Returns: 0, 1 or 2, or −1 for what has no width (controls, and scalars that glibc does not know yet).
func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
  return Int(wcwidth(Int32(bitPattern: scalar.value)))
}
