extension Notice {
  /// The notice in sentences, with its kind in words.
  var sentences: String {
    let kind =
      switch kind {
      case .note, .success: ""
      case .warning: "Warning: "
      case .failure: "Error: "
      }
    return kind + [text, nextStep].compactMap(\.self).map(\.sentence).joined(separator: " ")
  }
}

extension String {
  /// The text with a full stop, unless it ends with a mark.
  var sentence: String {
    guard let last else { return self }
    return ".!?:…".contains(last) ? self : self + "."
  }
}
