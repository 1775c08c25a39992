/// Whose a certificate is and who signed it: read from its DER, since the TLS library keeps that to itself.
struct CertificateNames {
  /// The two names as they are encoded, to be compared.
  let issuer: [UInt8]
  let subject: [UInt8]

  /// - Returns: `nil` when this is no certificate (X.509, RFC 5280 section 4.1).
  init?(_ certificate: [UInt8]) {
    // Certificate { tbsCertificate { [0] version, serialNumber, signature, issuer, validity, subject … } … }
    var outer = DERReader(certificate[...])
    guard var whole = outer.next(.sequence)?.reader, var body = whole.next(.sequence)?.reader else { return nil }
    var element = body.next()
    if element?.tag == .version { element = body.next() }
    guard element?.tag == .integer, body.next(.sequence) != nil, let issuer = body.next(.sequence),
      body.next(.sequence) != nil, let subject = body.next(.sequence)
    else { return nil }
    self.issuer = Array(issuer.content)
    self.subject = Array(subject.content)
  }

  var isSelfSigned: Bool { issuer == subject }

  /// Organization and name of the issuer: `Google Trust Services, WE1`; `nil` when the certificate names neither.
  var issuerName: String? {
    var organization: String?
    var name: String?
    var parts = DERReader(issuer[...])
    while var part = parts.next(.set)?.reader {
      guard var pair = part.next(.sequence)?.reader, let type = pair.next(.objectIdentifier), let value = pair.next()
      else { continue }
      // 2.5.4.10 and 2.5.4.3. Of the kinds of text, those that are no UTF-8 are no longer made.
      switch Array(type.content) {
      case [0x55, 0x04, 0x0A]: organization = String(validating: value.content, as: UTF8.self)
      case [0x55, 0x04, 0x03]: name = String(validating: value.content, as: UTF8.self)
      default: break
      }
    }
    let words = [organization, name].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

/// Goes from element to element of DER (X.690).
private struct DERReader {
  struct Tag: Equatable {
    var byte: UInt8

    static let integer = Tag(byte: 0x02)
    static let objectIdentifier = Tag(byte: 0x06)
    static let sequence = Tag(byte: 0x30)
    static let set = Tag(byte: 0x31)
    static let version = Tag(byte: 0xA0)
  }

  struct Element {
    var tag: Tag
    var content: ArraySlice<UInt8>

    var reader: DERReader { DERReader(content) }
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next element; `nil` at the end, and for what is cut off.
  mutating func next() -> Element? {
    var bytes = rest
    guard let tag = bytes.popFirst(), var length = bytes.popFirst().map(Int.init) else { return nil }
    if length >= 0x80 {
      let count = length - 0x80
      guard (1...3).contains(count), bytes.count >= count else { return nil }
      length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      bytes = bytes.dropFirst(count)
    }
    guard bytes.count >= length else { return nil }
    rest = bytes.dropFirst(length)
    return Element(tag: Tag(byte: tag), content: bytes.prefix(length))
  }

  /// The next element if it is of this kind.
  mutating func next(_ tag: Tag) -> Element? {
    guard let element = next(), element.tag == tag else { return nil }
    return element
  }
}
