import NIOSSL

/// A certificate for `api.tenantry.test` and 127.0.0.1, the authority that signed it, and its key. Made for these tests
/// with openssl, valid from 2020 to 2120, and worth nothing anywhere else.
///
/// What is wrong with the others is in their names. Those are signed by ``secondAuthority``, and have the same key.
enum TestCertificate {
  /// - Parameters:
  ///   - chain: what the server sends, its own certificate first.
  ///   - version: the newest version of TLS that it speaks.
  static func serverContext(_ chain: String = certificate, upTo version: TLSVersion? = nil) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(chain.utf8)).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
    if let version {
      configuration.minimumTLSVersion = .tlsv1
      configuration.maximumTLSVersion = version
    }
    return try NIOSSLContext(configuration: configuration)
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

  static let secondAuthority = """
    -----BEGIN CERTIFICATE-----
    MIIBjTCCATSgAwIBAgIUbjIAFaO2iq8EU92+68a5eXJ0ZJ0wCgYIKoZIzj0EAwIw
    JDEiMCAGA1UEAwwZVGVuYW50cnkgc2Vjb25kIGF1dGhvcml0eTAgFw0yMDAxMDEw
    MDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowJDEiMCAGA1UEAwwZVGVuYW50cnkgc2Vj
    b25kIGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABC36M+qf1Gzo
    Jw+ysyVTkM/rcgKtr1FHMrQCzf9LNyDNm508wY5L2vzSc19e8yIJ2Z/Pqv7ocmHa
    2ZR1nkZA896jQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMB0G
    A1UdDgQWBBTpC+o4rs+8jtIGqKuNua8GsAHzWTAKBggqhkjOPQQDAgNHADBEAiBM
    tWGCgTRZu7SFiLXx3OkCqiK1FPMPyzu1bl/+SdgoAAIgHxZzzo9gHYaTK85mZCF/
    1bf2hkUiHrwOuXEUC9XkbRA=
    -----END CERTIFICATE-----

    """

  static let intermediate = """
    -----BEGIN CERTIFICATE-----
    MIIBqjCCAVGgAwIBAgIUOMWGyMZygbO6svDUQKGiSeFXQOQwCgYIKoZIzj0EAwIw
    JDEiMCAGA1UEAwwZVGVuYW50cnkgc2Vjb25kIGF1dGhvcml0eTAgFw0yMDAxMDEw
    MDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowIDEeMBwGA1UEAwwVVGVuYW50cnkgaW50
    ZXJtZWRpYXRlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaX4LsBzX96a54x+V
    l5+Ea6Td1ZjvCpFx580thqLGkrsnyRq2OGmOurF8fa+jj6LZuNR3idUCuMjgQi0x
    JdoHlqNjMGEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwHQYDVR0O
    BBYEFIIXSiPjgQxt729jIINnb0lR5sDNMB8GA1UdIwQYMBaAFOkL6jiuz7yO0gao
    q425rwawAfNZMAoGCCqGSM49BAMCA0cAMEQCIDcEqIraEaoQ3h1x7bUCHENRevab
    m2wwWf25H3LphPILAiBg6ACVWHLji9AOaAVY92WyDKAmql+vg4ECnlECxkk/3Q==
    -----END CERTIFICATE-----

    """

  static let signedByIntermediate = """
    -----BEGIN CERTIFICATE-----
    MIIByDCCAW6gAwIBAgIUPfGyweVdMewxjnu/0LG5tygem7YwCgYIKoZIzj0EAwIw
    IDEeMBwGA1UEAwwVVGVuYW50cnkgaW50ZXJtZWRpYXRlMCAXDTIwMDEwMTAwMDAw
    MFoYDzIxMjAwMTAxMDAwMDAwWjAcMRowGAYDVQQDDBFhcGkudGVuYW50cnkudGVz
    dDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKBMKtjTNCOxn8c6D9Sbx5n0Rr3O
    O4R0sP7p1stGDvCAxrqgmtqz0HyaMKvDwOhC+9oUlIz07gZM0df1VyfyRLSjgYcw
    gYQwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEFBQcDATAiBgNVHREEGzAZghFh
    cGkudGVuYW50cnkudGVzdIcEfwAAATAdBgNVHQ4EFgQUwyQBGKbtPWAMIQYDBFbi
    sYskOgcwHwYDVR0jBBgwFoAUghdKI+OBDG3vb2Mgg2dvSVHmwM0wCgYIKoZIzj0E
    AwIDSAAwRQIgRlNb9yd/uCEqfLIvbF6A2hygMj3/aAb+RbP1dZW1l/wCIQDdexIq
    TWkuT70r1aNPd2NNgRw5Xv2/V/9RmLRAygrYvQ==
    -----END CERTIFICATE-----

    """

  static let expired = """
    -----BEGIN CERTIFICATE-----
    MIIByjCCAXCgAwIBAgIULoBssOlwPcwwWXxwBSzvELOBMn8wCgYIKoZIzj0EAwIw
    JDEiMCAGA1UEAwwZVGVuYW50cnkgc2Vjb25kIGF1dGhvcml0eTAeFw0yMDAxMDEw
    MDAwMDBaFw0yMTAxMDEwMDAwMDBaMBwxGjAYBgNVBAMMEWFwaS50ZW5hbnRyeS50
    ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoEwq2NM0I7GfxzoP1JvHmfRG
    vc47hHSw/unWy0YO8IDGuqCa2rPQfJowq8PA6EL72hSUjPTuBkzR1/VXJ/JEtKOB
    hzCBhDAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMCIGA1UdEQQbMBmC
    EWFwaS50ZW5hbnRyeS50ZXN0hwR/AAABMB0GA1UdDgQWBBTDJAEYpu09YAwhBgME
    VuKxiyQ6BzAfBgNVHSMEGDAWgBTpC+o4rs+8jtIGqKuNua8GsAHzWTAKBggqhkjO
    PQQDAgNIADBFAiBHeDsS+GcyZsNB6xizx82oGsAyLfcPY4rOhhlKQi17KQIhAIdU
    Td0ydyXIBHA+/nBdNRRzDY/UDTgnCT79bew3n2Wk
    -----END CERTIFICATE-----

    """

  static let notYetValid = """
    -----BEGIN CERTIFICATE-----
    MIIBzjCCAXSgAwIBAgIUT6MkpTPhIXcR33Aaa68fH5e/mEswCgYIKoZIzj0EAwIw
    JDEiMCAGA1UEAwwZVGVuYW50cnkgc2Vjb25kIGF1dGhvcml0eTAiGA8yMTEwMDEw
    MTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAcMRowGAYDVQQDDBFhcGkudGVuYW50
    cnkudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKBMKtjTNCOxn8c6D9Sb
    x5n0Rr3OO4R0sP7p1stGDvCAxrqgmtqz0HyaMKvDwOhC+9oUlIz07gZM0df1Vyfy
    RLSjgYcwgYQwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEFBQcDATAiBgNVHREE
    GzAZghFhcGkudGVuYW50cnkudGVzdIcEfwAAATAdBgNVHQ4EFgQUwyQBGKbtPWAM
    IQYDBFbisYskOgcwHwYDVR0jBBgwFoAU6QvqOK7PvI7SBqirjbmvBrAB81kwCgYI
    KoZIzj0EAwIDSAAwRQIhAN5a8NyWJnI+LXwG2JM9UF/kZGoaY74h+7bTc06DzGnd
    AiBHiOdpM4ZpcghhWMq7IahQ4mdfYfg2QvhPH6o4D1j4+Q==
    -----END CERTIFICATE-----

    """

  static let otherHost = """
    -----BEGIN CERTIFICATE-----
    MIIByzCCAXCgAwIBAgIUaR3P1I1aQrk6MatrElU9VRZ2+mIwCgYIKoZIzj0EAwIw
    JDEiMCAGA1UEAwwZVGVuYW50cnkgc2Vjb25kIGF1dGhvcml0eTAgFw0yMDAxMDEw
    MDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowHjEcMBoGA1UEAwwTb3RoZXIudGVuYW50
    cnkudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKBMKtjTNCOxn8c6D9Sb
    x5n0Rr3OO4R0sP7p1stGDvCAxrqgmtqz0HyaMKvDwOhC+9oUlIz07gZM0df1Vyfy
    RLSjgYMwgYAwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEFBQcDATAeBgNVHREE
    FzAVghNvdGhlci50ZW5hbnRyeS50ZXN0MB0GA1UdDgQWBBTDJAEYpu09YAwhBgME
    VuKxiyQ6BzAfBgNVHSMEGDAWgBTpC+o4rs+8jtIGqKuNua8GsAHzWTAKBggqhkjO
    PQQDAgNJADBGAiEAwGbE0yipVlkeGVh19Csoxakssfwe87bo1ykZjUNyOJUCIQCg
    tY9EARhhXOXIav5b1fg/zeQDkS7QtniROKsR6ZLzJg==
    -----END CERTIFICATE-----

    """
}
