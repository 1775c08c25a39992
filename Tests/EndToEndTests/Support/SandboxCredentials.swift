/// The credentials that every sandbox accepts. They are no secret: they are printed by `tenantry sandbox` itself.
enum SandboxCredentials {
  static let email = "admin@sandbox.example"
  static let key = "5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"
  static let userToken = "sandbox-user-token-000000000000000000000"
  static let accountToken = "sandbox-acct-token-000000000000000000000"
}
