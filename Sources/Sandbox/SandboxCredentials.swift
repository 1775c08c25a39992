/// What a sandbox accepts unless it is told otherwise. Nothing here is secret: it opens nothing but a sandbox.
public enum SandboxCredentials {
  /// `X-Auth-Email`, with ``key``.
  public static let email = "admin@sandbox.example"
  /// `X-Auth-Key`: the Global API Key of the tenant's administrator.
  public static let key = "5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"
  /// A user's API token, of the same administrator.
  public static let userToken = "sandbox-user-token-000000000000000000000"
  /// An account-owned API token: it reaches the first account and no other.
  public static let accountToken = "sandbox-acct-token-000000000000000000000"
}
