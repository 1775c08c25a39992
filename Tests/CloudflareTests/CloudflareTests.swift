import Testing

@testable import Cloudflare
