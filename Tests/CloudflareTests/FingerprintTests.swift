import Cloudflare
import Testing

@Suite("Fingerprints of credentials")
struct FingerprintTests {
  @Test("a key is known by its e-mail address, and a token by eight digits that are no part of it")
  func fingerprints() {
    let key = Credentials.key(email: "admin@sandbox.example", key: Secret("5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"))
    #expect(key.fingerprint == "admin@sandbox.example")
    let text = "sandbox-user-token-000000000000000000000"
    let token = Credentials.token(Secret(text))
    #expect(token.fingerprint.wholeMatch(of: /token [0-9a-f]{8}/) != nil)
    #expect(!text.contains(token.fingerprint.suffix(8)))
    #expect(token.fingerprint == Credentials.token(Secret(text)).fingerprint)
    #expect(token.fingerprint != Credentials.token(Secret(text + "1")).fingerprint)
  }

  @Test("the hash is FNV-1a")
  func hash() {
    #expect(Credentials.token(Secret("")).fingerprint == "token 811c9dc5")
    #expect(Credentials.token(Secret("foobar")).fingerprint == "token bf9cf968")
  }
}
