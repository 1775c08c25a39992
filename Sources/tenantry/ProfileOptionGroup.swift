import ArgumentParser

/// Where to work and as whom; the same for the console and for looking at what it would do.
struct ProfileOptionGroup: ParsableArguments {
  @Option(
    help: "The profile of the configuration file to work with, instead of TENANTRY_PROFILE or the file's own choice.")
  var profile: String?

  @Flag(help: "Work without any profile: as whom, only the environment says.")
  var noProfile = false

  @Option(
    help:
      "The API to work on (https, or http to this machine) instead of the profile's, CLOUDFLARE_BASE_URL or Cloudflare's own."
  )
  var baseURL: String?

  func validate() throws {
    if noProfile, profile != nil { throw ValidationError("--profile and --no-profile contradict each other.") }
  }

  var wish: ProfileChoice.Wish {
    if noProfile { return .without }
    return profile.map { .named($0) } ?? .none
  }
}
