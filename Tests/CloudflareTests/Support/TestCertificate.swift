import NIOSSL

/// A certificate for `api.tenantry.test` and 127.0.0.1, the authority that signed it, and its key. Made for these tests
/// with openssl, valid from 2020 to 2120, and worth nothing anywhere else.
enum TestCertificate {
  static func serverContext() throws -> NIOSSLContext {
    try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))))
  }

  static let authority = """
    -----BEGIN CERTIFICATE-----
    MIIBeDCCAR6gAwIBAgICEAAwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXVGVuYW50
    cnkgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw
    MDBaMCIxIDAeBgNVBAMMF1RlbmFudHJ5IHRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
    zj0CAQYIKoZIzj0DAQcDQgAEB6W6baQ7/v0rcyHDyhRgtjHdRXNeW6OT82eSIzQy
    8W+OCpaKhLUl2jWvay4FI2vfcKdBX3td/XMp/ypOERTxzKNCMEAwDwYDVR0TAQH/
    BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwHQYDVR0OBBYEFAgMuwhgOasnVz9mo700
    f2HL+lPJMAoGCCqGSM49BAMCA0gAMEUCID6g1w3mn7R27QMULTlcTwiVmMjsUMpl
    VaxMQyDE2ga5AiEA9nAV9bW9oGFGGJdMMiXcGeEAAk6IcpqZGgLrt5YQIxs=
    -----END CERTIFICATE-----

    """

  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBuDCCAV6gAwIBAgICEAEwCgYIKoZIzj0EAwIwIjEgMB4GA1UEAwwXVGVuYW50
    cnkgdGVzdCBhdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAw
    MDBaMBwxGjAYBgNVBAMMEWFwaS50ZW5hbnRyeS50ZXN0MFkwEwYHKoZIzj0CAQYI
    KoZIzj0DAQcDQgAEoEwq2NM0I7GfxzoP1JvHmfRGvc47hHSw/unWy0YO8IDGuqCa
    2rPQfJowq8PA6EL72hSUjPTuBkzR1/VXJ/JEtKOBhzCBhDAJBgNVHRMEAjAAMBMG
    A1UdJQQMMAoGCCsGAQUFBwMBMCIGA1UdEQQbMBmCEWFwaS50ZW5hbnRyeS50ZXN0
    hwR/AAABMB0GA1UdDgQWBBTDJAEYpu09YAwhBgMEVuKxiyQ6BzAfBgNVHSMEGDAW
    gBQIDLsIYDmrJ1c/ZqO9NH9hy/pTyTAKBggqhkjOPQQDAgNIADBFAiANxY4W0kz2
    L8XrWYJJey6DkbNPayp+fM33r/2fQHySRgIhANDoYjHrgclD61B3wBwcw7SUfEGh
    d/YQwt3KV9MVxljG
    -----END CERTIFICATE-----

    """

  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCUZ/NcwHErCT/axT
    pK9qDLMU2ox87Jv7DABZ40a5c7yhRANCAASgTCrY0zQjsZ/HOg/Um8eZ9Ea9zjuE
    dLD+6dbLRg7wgMa6oJras9B8mjCrw8DoQvvaFJSM9O4GTNHX9Vcn8kS0
    -----END PRIVATE KEY-----

    """
}
