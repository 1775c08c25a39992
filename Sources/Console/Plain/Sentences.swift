extension Notice {
  /// As sentences, which tell the kind in words.
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
  /// With a full stop, unless something ends it already.
  var sentence: String {
    guard let last else { return self }
    return ".!?:…".contains(last) ? self : self + "."
  }
}
