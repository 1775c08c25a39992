import Terminal
import Testing

@testable import Console

@Suite("Profiles")
@MainActor
struct ProfileTests {
  private func header(profile: String?, color: PaletteColor? = nil, width: Int = 120) -> (text: String, style: Style) {
    setLocaleOnce()
    let session = Session(
      endpointKind: .production, endpointHost: "api.cloudflare.com", identity: "admin@sandbox.example",
      profile: profile, color: color, origin: Fixture.origin, writing: .readOnly)
    let frame = Store.openingFrame(session: session, size: Size(width: width, height: 24))
    return (frame.text(row: 0), frame.cells[12].style)
  }

  @Test("the header names the profile beside the kind of place, in the profile's colour")
  func header() {
    let production = header(profile: nil)
    #expect(production.text == " tenantry   CLOUDFLARE READ-ONLY api.cloudflare.com · admin@sandbox.example")
    let acme = header(profile: "acme", color: .yellow)
    #expect(acme.text == " tenantry   CLOUDFLARE acme READ-ONLY · api.cloudflare.com · admin@sandbox.example")
    #expect(acme.style == Style(.bold, foreground: .yellow))
    #expect(header(profile: "acme").style == production.style)
    #expect(
      header(profile: "acme", width: 60).text == " tenantry   CLOUDFLARE acme READ-ONLY · api.cloudflare.c…")
  }

  @Test("a write is noted down with its profile, and the screen of writes shows it")
  func journal() {
    var driver = TestDriver(accounts: 3)
    #expect(driver.intent(.delete(Fixture.id(1), name: "One")).profile == nil)
    driver.restart { $0.profile = "acme" }
    let intent = driver.intent(.delete(Fixture.id(1), name: "One"))
    #expect(intent.profile == "acme")
    // What is known of a write does not depend on what a profile is called today.
    #expect(intent.origin == Fixture.origin)
  }
}
