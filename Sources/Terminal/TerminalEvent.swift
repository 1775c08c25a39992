/// What a terminal tells the program.
public enum TerminalEvent: Sendable, Equatable {
  case key(Key)
  /// Keys that arrived at once, more of them than anybody types: most likely a paste that the terminal did not mark.
  case burst([Key])
  /// Only where the terminal was asked to tell.
  case mouse(MouseEvent)
  /// Text that the terminal marked as pasted, uncleaned.
  case paste(String)
  /// The screen has this size now, and everything on it has to be drawn again.
  case resize(Size)
  /// The program runs again after having been stopped; the screen has this size now.
  case resumed(Size)
  /// Keys go elsewhere now: another window or pane has them.
  case focusLost
  /// Keys come here again.
  case focusGained
  /// Somebody outside asks the program to end (SIGINT, SIGTERM, SIGQUIT).
  case terminate
  /// The terminal is gone (SIGHUP, or an error while reading).
  case hangup
}

/// A key, as far as terminals tell keys apart.
public enum Key: Sendable, Hashable {
  /// Anything that stands for itself, the space included.
  case character(Unicode.Scalar)
  /// Control with a lowercase letter, or one of `@ [ \ ] ^ _`.
  case control(Unicode.Scalar)
  /// Alt with a key that stands for itself.
  case alt(Unicode.Scalar)
  /// F1 is 1.
  case function(Int)
  case enter, tab, backTab, escape, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// A key that the terminal names and that means nothing here.
  case other
}
