/// Certificates that sign themselves, and keys, all in PEM form. The first three belong to ``key``.
enum Certificates {
    /// For `localhost`, good for a hundred years.
    static let localhost = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIULYZwsPQXX+hPiCVUnyc2t6zdkoMwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDEwMzQxMFoYDzIxMjYxMDMx
        MTAzNDEwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATddHuRyLT8eHxlMK+Fx3ebhzlEAReeuLdfH1IU05GOHEd2V87AEgsX
        LwkDgRU/SZkzw60ZL+034+OdttOXfT4+o2kwZzAdBgNVHQ4EFgQU3mt/eNHfyZPE
        X7nwO9MZE52bXYwwHwYDVR0jBBgwFoAU3mt/eNHfyZPEX7nwO9MZE52bXYwwDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        SAAwRQIhAO4TGN+uB2oqANH7QfkQclNVzLsefG+A2FjewNCGnAdLAiAa+D3xHtZP
        kHFyjVSxNqZHqrXV30+lh9NZ9naEJbLjFA==
        -----END CERTIFICATE-----
        """

    /// For `elsewhere.example`, good for a hundred years.
    static let elsewhere = """
        -----BEGIN CERTIFICATE-----
        MIIBrTCCAVOgAwIBAgIUexomeb50+GStRIRCwTq0OIVZslAwCgYIKoZIzj0EAwIw
        HDEaMBgGA1UEAwwRZWxzZXdoZXJlLmV4YW1wbGUwIBcNMjYxMTI0MTAzNDEwWhgP
        MjEyNjEwMzExMDM0MTBaMBwxGjAYBgNVBAMMEWVsc2V3aGVyZS5leGFtcGxlMFkw
        EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3XR7kci0/Hh8ZTCvhcd3m4c5RAEXnri3
        Xx9SFNORjhxHdlfOwBILFy8JA4EVP0mZM8OtGS/tN+PjnbbTl30+PqNxMG8wHQYD
        VR0OBBYEFN5rf3jR38mTxF+58DvTGROdm12MMB8GA1UdIwQYMBaAFN5rf3jR38mT
        xF+58DvTGROdm12MMA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRZWxzZXdo
        ZXJlLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIgGJk8FJjDqz/sbi89PbEwEG2B
        0n7fmn41M//rEitLNcsCIQDkdQjccHLWumPZnreyNA+N1Uy8Pd9EU+J7heJyEa+A
        JA==
        -----END CERTIFICATE-----
        """

    /// For `localhost`, good until the end of January 2021.
    static let expired = """
        -----BEGIN CERTIFICATE-----
        MIIBYDCCAQWgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
        c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTMxMDAwMDAwWjAUMRIwEAYDVQQDDAls
        b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATddHuRyLT8eHxlMK+F
        x3ebhzlEAReeuLdfH1IU05GOHEd2V87AEgsXLwkDgRU/SZkzw60ZL+034+OdttOX
        fT4+o0gwRjAUBgNVHREEDTALgglsb2NhbGhvc3QwDwYDVR0TAQH/BAUwAwEB/zAd
        BgNVHQ4EFgQU3mt/eNHfyZPEX7nwO9MZE52bXYwwCgYIKoZIzj0EAwIDSQAwRgIh
        AMd6AM8gFdu5VnSn81qgNoRsnKo5OeqaXBLpun4ytSvbAiEA4sdPJy/XId061d+Y
        A+rKDZKpTvYKdN76AXK4JzHvjek=
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgb1ziHIMy422I4vwD
        6loPT+yndukvkHp9O+xt3CRbAxmhRANCAATddHuRyLT8eHxlMK+Fx3ebhzlEARee
        uLdfH1IU05GOHEd2V87AEgsXLwkDgRU/SZkzw60ZL+034+OdttOXfT4+
        -----END PRIVATE KEY-----
        """

    /// Of none of them.
    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpu7x7SeWND4CX6bB
        x8gESppdn7OJ0tl80aVNKiebnOuhRANCAASdMQ0zI2MPb8JFYRZeUgXllMWGGCop
        abBNRj0F3NLKX/C2xvERAYb0rzUvseuH2jNlDjj1Y0xB8IxVBPXCQu7v
        -----END PRIVATE KEY-----
        """
}
