import FoundationEssentials
import NIOCore
import Testing

@testable import Cloudflare

func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}

@Suite("Rule 5: decoding is tolerant")
struct DecodingTests {
  @Test("Only the id is needed, and a name that is not there is told")
  func least() throws {
    #expect(try decode(Account.self, #"{"id":"x","name":"y"}"#) == Account(id: "x", name: "y"))
    #expect(try decode(Account.self, #"{"id":"x"}"#).nameProblem == .missing)
    #expect(throws: DecodingError.self) { try decode(Account.self, #"{"name":"x"}"#) }
  }

  @Test("Unknown fields, nulls and fields of another shape cost nothing but themselves")
  func strange() throws {
    let text = #"""
      {"id":"x","name":"y","type":null,"settings":{"enforce_twofactor":null,"abuse_contact_email":null,"new":{"a":[1]}},
       "legacy_flags":{"enterprise_zone_quota":{"maximum":0}},"created_on":null,"managed_by":null}
      """#
    let account = try decode(Account.self, text)
    #expect(account == Account(id: "x", name: "y", settings: AccountSettings()))
    let odd = #"{"id":"x","name":"y","type":7,"settings":"none","created_on":5,"managed_by":[]}"#
    #expect(try decode(Account.self, odd) == Account(id: "x", name: "y"))
  }

  @Test("An unknown type is kept as it came")
  func unknownType() throws {
    #expect(try decode(Account.self, #"{"id":"x","name":"y","type":"galactic"}"#).type?.rawValue == "galactic")
  }

  @Test("Dates with 0 to 9 fraction digits are read", arguments: 0...9)
  func fractions(digits: Int) throws {
    let fraction = digits == 0 ? "" : "." + String("123456789".prefix(digits))
    for zone in ["Z", "+00:00"] {
      let text = #"{"id":"x","name":"y","created_on":"2014-03-01T12:21:02\#(fraction)\#(zone)"}"#
      #expect(try decode(Account.self, text).createdOn == Date(timeIntervalSince1970: 1_393_676_462))
    }
  }

  @Test("An unreadable date is no date", arguments: ["", "soon", "2014-03-01", "2014-13-01T12:21:02Z", "."])
  func noDate(text: String) throws {
    #expect(try decode(Account.self, #"{"id":"x","name":"y","created_on":"\#(text)"}"#).createdOn == nil)
  }

  @Test(
    "A date that cannot be an account's is no date, read quickly or slowly",
    arguments: [
      "0001-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z", "2008-12-31T23:59:59Z", "2099-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z", "1900-06-01T00:00:00Z",
    ])
  func impossibleDate(text: String) throws {
    let account = #"{"id":"x","name":"y","created_on":"\#(text)"}"#
    #expect(try decode(Account.self, account).createdOn == nil)
    let page = ByteBuffer(string: #"{"success":true,"result":[\#(account)]}"#)
    #expect(QuickAccountList.read(page)?.result == [Account(id: "x", name: "y")])
  }

  @Test("The first day of 2009 and tomorrow are dates of an account")
  func bounds() throws {
    for date in [Date(timeIntervalSince1970: 1_230_768_000), Date(timeIntervalSinceNow: 86_400)] {
      #expect(Account.creationDate(date) == date)
      let text = #"{"id":"x","name":"y","created_on":"\#(WireDate.format(date))"}"#
      #expect(try decode(Account.self, text).createdOn != nil)
    }
  }

  @Test("Messages may be plain strings, lack a code, or hold a chain")
  func messages() throws {
    let envelope = try decode(
      Envelope<Account>.self,
      #"""
      {"success":false,"messages":["hello"],"errors":[{"message":"no code"},{"code":6003,"message":"headers",
       "error_chain":[{"code":6103,"message":"key"}],"source":{"pointer":"/name"},"documentation_url":"u"},{}]}
      """#)
    #expect(envelope.messages == [APIMessage(code: nil, message: "hello")])
    #expect(
      envelope.errors == [
        APIMessage(code: nil, message: "no code"),
        APIMessage(
          code: 6003, message: "headers", documentationURL: "u", source: .init(pointer: "/name"),
          errorChain: [APIMessage(code: 6103, message: "key")]),
        APIMessage(code: nil, message: ""),
      ])
  }

  @Test("messages, errors, result and result_info may be missing, null or of another shape")
  func missing() throws {
    for text in [
      #"{"success":true}"#, #"{"success":true,"errors":null,"messages":null,"result":null,"result_info":null}"#,
      #"{"result_info":7,"messages":{},"errors":{},"success":true}"#,
    ] {
      let envelope = try decode(Envelope<Account>.self, text)
      #expect(envelope.success == true && envelope.result == nil)
      #expect(envelope.resultInfo.map { $0.isPartlyUnreadable && $0.totalCount == nil } ?? true)
      #expect(envelope.errors.isEmpty && envelope.messages.isEmpty)
    }
    #expect(try decode(Envelope<Account>.self, #"{"errors":"x"}"#).errors.map(\.message) == ["x"])
  }

  @Test("The tutorial's own answers decode")
  func tutorial() throws {
    let list = try decode(
      Envelope<[Account]>.self,
      #"""
      {"result": [
         {"id": "a34bd6cc645a31486aa2ef71f1b9afb6", "name": "My Personal Account",
          "settings": {"enforce_twofactor": false}},
         {"id": "1b16db169c9cb7853009857198fae1b9", "name": "Created Account",
          "settings": {"enforce_twofactor": false}}],
       "result_info": {"page": 1, "per_page": 20, "total_pages": 1, "count": 2, "total_count": 2},
       "success": true, "errors": [], "messages": []}
      """#)
    #expect(list.result?.map(\.name) == ["My Personal Account", "Created Account"])
    #expect(list.result?.allSatisfy { $0.type == nil } == true)
    #expect(list.resultInfo == ResultInfo(page: 1, perPage: 20, totalPages: 1, count: 2, totalCount: 2))
    let deleted = try decode(
      Envelope<DeletedAccount>.self,
      #"{"result": {"id": "1b16db169c9cb7853009857198fae1b9"}, "success": true, "errors": [], "messages": []}"#)
    #expect(deleted.result?.id == "1b16db169c9cb7853009857198fae1b9")
  }
}
