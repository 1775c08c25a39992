import FoundationEssentials
import NIOCore
import NIOHTTP1
import Testing

@testable import Cloudflare

@Suite("The quick reader of account lists says what JSONDecoder says, or nothing")
struct QuickReadingTests {
  private static let account = #"{"id":"x","name":"y"}"#
  private static let info = #"{"page":1,"per_page":50,"total_pages":1,"count":1,"total_count":1}"#

  private static func page(_ result: String, _ rest: String = "") -> String {
    #"{"result":\#(result),"result_info":\#(info),"success":true,"errors":[],"messages":[]\#(rest)}"#
  }

  private static func member(_ member: String) -> String {
    page(#"[{"id":"x",\#(member),"name":"y"}]"#)
  }

  /// Checks what the quick reader says, if it does; whether it does is given back.
  @discardableResult
  private func agrees(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
    guard let quick = QuickAccountList.read(ByteBuffer(bytes: bytes)) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      let slow = try JSONDecoder().decode(Envelope<[Account]>.self, from: Data(bytes))
      #expect(quick.success == slow.success, "\(text)", sourceLocation: sourceLocation)
      #expect(quick.result == slow.result, "\(text)", sourceLocation: sourceLocation)
      #expect(quick.resultInfo == slow.resultInfo, "\(text)", sourceLocation: sourceLocation)
      #expect(quick.errors == slow.errors, "\(text)", sourceLocation: sourceLocation)
      #expect(quick.messages == slow.messages, "\(text)", sourceLocation: sourceLocation)
    } catch {
      Issue.record("JSONDecoder refuses: \(text)", sourceLocation: sourceLocation)
    }
    return true
  }

  @Test(
    "What is usual is read quickly",
    arguments: [
      page("[]"), page("null"), page("[\(account)]"), page(" [ \(account) ,\n\t\(account)\r] ") + " \n",
      #"{"success":true}"#, #"{"success":true,"errors":null,"messages":null,"result":null,"result_info":null}"#,
      page("[]", #","new":[{"a":[[],{},1,-0,2.50,-1e+3,1E-2,true,false,null,"\u00e9\ud83d\ude00é😀\\"]}]"#),
      page(#"[{"id":"\"\\\/\b\f\n\r\t\u0041\u0000","name":"\ud83d\ude00 \u00e9 é 日本 \u2028"}]"#),
      page("[]", #","é":1,"new":1,"new":2"#), page("[{\"id\":\"\u{7f}\",\"name\":\"\"}]"),
      member(#""type":null,"settings":null,"created_on":null,"managed_by":null"#),
      member(#""type":"galactic","settings":{"enforce_twofactor":null,"abuse_contact_email":null,"more":[]}"#),
      member(#""settings":{"enforce_twofactor":true,"abuse_contact_email":"a@b"},"managed_by":{}"#),
      member(#""managed_by":{"parent_org_id":"p","parent_org_name":null,"x":0}"#),
      #"{"success":true,"result_info":{"page":0,"count":null,"total_count":999999999999999999,"x":"y"}}"#,
    ])
  func usual(text: String) {
    #expect(agrees(Array(text.utf8)), "\(text)")
  }

  @Test(
    "What is not usual is left to JSONDecoder",
    arguments: [
      "", " ", "{", "[]", "7", "null", page("[\(account)]") + "x", page("[\(account)]") + "\0", page("[\(account),]"),
      page("[\(account)]", ","), page("[,\(account)]"), page("[{}]"), page(#"[{"id":"x"}]"#), page("[null]"),
      page(#"[{"id":null,"name":"y"}]"#), page(#"[{"id":1,"name":"y"}]"#), page("{}"), page("\"\""),
      #"{"success":false,"errors":[],"result":[]}"#, #"{"success":null}"#, #"{"success":"true"}"#, "{}",
      #"{"success":true,"errors":[{"code":1,"message":"m"}]}"#, #"{"success":true,"messages":["m"]}"#,
      #"{"success":true,"messages":{}}"#, #"{"success":true,"result_info":7}"#, #"{"success":true "result":[]}"#,
      #"{"success":true,"result_info":{"page":"1"}}"#, #"{"success":true,"result_info":{"page":1.0}}"#,
      #"{"success":true,"result_info":{"page":1e2}}"#, #"{"success":true,"result_info":{"page":-1}}"#,
      #"{"success":true,"result_info":{"page":01}}"#, #"{"success":true,"result_info":{"page":9223372036854775808}}"#,
      #"{"success":true,"success":true}"#, member(#""id":"z""#), member(#""name":"z""#), member(#""type":7"#),
      member(#""settings":[]"#), member(#""settings":{"enforce_twofactor":1}"#), member(#""managed_by":"p""#),
      member(#""managed_by":{"parent_org_id":1}"#), member(#""created_on":5"#), member(#""\u0069d":"z""#),
      member(#""x":"\ud83d""#), member(#""x":"\ude00""#), member(#""x":"\ud83d\u0041""#), member(#""x":"\u12g4""#),
      member(#""x":"\x""#), member("\"x\":\"\n\""), member("\"x\":\"\0\""), member(#""x":01"#), member(#""x":1."#),
      member(#""x":.5"#), member(#""x":+1"#), member(#""x":1e"#), member(#""x":-"#), member(#""x":NaN"#),
      member(#""x":tru"#), member(#""x":trueish"#), member(#""x":nul"#), member(#""x":'y'"#), member(#""x"1"#),
      member(#""x":[1 2]"#), member(#""x":[1}"#), member(#""x":{"a":1]"#), member(#""x":{1:2}"#), member("/**/\"x\":1"),
      "\u{feff}" + page("[]"), #"{"success":true,"result":[{"id":"x","name":"y\"#,
    ])
  func unusual(text: String) {
    #expect(QuickAccountList.read(ByteBuffer(string: text)) == nil, "\(text)")
  }

  @Test("Bytes that are no UTF-8 are left to JSONDecoder, wherever they are")
  func noUTF8() {
    for bad: [UInt8] in [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
      for (before, after) in [
        (#"{"success":true,""#, #"":1}"#), (#"{"success":true,"x":""#, #""}"#),
        (#"{"success":true,"result":[{"id":""#, #"","name":"y"}]}"#), (#"{"success":true}"#, ""),
        (#"{"success":true,"result":[{"id":"\n"#, #"","name":"y"}]}"#),
      ] {
        #expect(QuickAccountList.read(ByteBuffer(bytes: Array(before.utf8) + bad + Array(after.utf8))) == nil)
      }
    }
  }

  @Test("Deep nesting is left to JSONDecoder before it can cost the stack", arguments: ["[", #"{"a":"#])
  func deep(opening: String) {
    for depth in [10, 63] {
      let closing = String(repeating: opening == "[" ? "]" : "}", count: depth)
      #expect(
        agrees(
          Array(
            Self.member(
              #""x":"# + String(repeating: opening, count: depth - 1)
                + (opening == "[" ? "[]" : "{}") + closing.dropFirst()
            ).utf8)))
    }
    for depth in [65, 512, 100_000] {
      let text = Self.member(#""x":"# + String(repeating: opening, count: depth))
      #expect(QuickAccountList.read(ByteBuffer(string: text)) == nil)
    }
  }

  @Test(
    "Dates are the same as those read slowly",
    arguments: [
      "2014-03-01T12:21:02Z", "2014-03-01T12:21:02.1Z", "2014-03-01T12:21:02.123456789012Z", "2014-03-01T12:21:02.Z",
      "2014-03-01T12:21:02+00:00", "2014-03-01T12:21:02.5+02:00", "2014-03-01t12:21:02z", "2014-03-01 12:21:02Z",
      "2014-02-29T00:00:00Z", "2016-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
      "2014-13-01T00:00:00Z", "2014-00-01T00:00:00Z", "2014-01-00T00:00:00Z", "2014-04-31T00:00:00Z",
      "2014-01-01T24:00:00Z", "2014-01-01T00:60:00Z", "2014-01-01T00:00:60Z", "1969-12-31T23:59:59.9Z",
      "1900-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "1582-10-10T00:00:00Z", "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "2014-03-01T12:21:02", "2014-03-01T12:21:02.1.2Z",
      "2014-03-01T12:21:02.1xZ", "2014-03-01T12:21:02Zx", "2014-03-01T12:21:0éZ", "", "Z", "soon", "2014-03-01",
      #"2014-03-01T12:21:02\u005a"#,
    ])
  func dates(text: String) {
    #expect(agrees(Array(Self.member(#""created_on":"\#(text)""#).utf8)))
  }

  @Test("Every day of two centuries is the day that is read slowly")
  func days() throws {
    for number in stride(from: -25_567, to: 47_482, by: 13) {
      let date = Date(timeIntervalSince1970: Double(number * 86_400 + 3_723))
      var text = WireDate.format(date)
      #expect(text.withUTF8 { WireDate.parseUsual(UnsafeRawBufferPointer($0)) } == date, "\(text)")
    }
  }

  @Test("Pages that were damaged in any way are never read differently", arguments: 1...8 as ClosedRange<UInt64>)
  func damaged(seed: UInt64) async {
    var damage = PageDamage(seed: seed)
    var quick = 0
    for _ in 0..<1_500 {
      // Other tests have deadlines.
      await Task.yield()
      if agrees(damage.page()) { quick += 1 }
    }
    // Damage in what is skipped or shown leaves a page readable: the comparison compared something.
    #expect(quick > 100)
  }

  @Test("An answer that the quick reader leaves alone still becomes a list, or its exact error")
  func leftAlone() throws {
    func read(_ text: String) throws -> ReadableList<Account>? {
      let answer = Answer(
        status: 200, headers: ["content-type": "application/json"], body: ByteBuffer(string: text))
      return try AnswerReader.envelope(of: answer, as: ReadableList<Account>.self).result
    }
    #expect(try read(Self.member(#""type":7"#)) == ReadableList([Account(id: "x", name: "y")]))
    #expect(throws: CloudflareError(.unreadable("result has another type"), status: 200)) {
      try read(Self.page("{}"))
    }
  }
}
