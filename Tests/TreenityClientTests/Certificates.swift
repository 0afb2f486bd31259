/// Certificates that are signed by an authority, each with the key of ``Certificate``.
enum Certificates {
    /// The authority: it vouches for those below.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBSDCB76ADAgECAhQjyFExdYf+G5CeYkroYgqauVPMUjAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA5UZXN0IEF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTI2
        MDEwMTAwMDAwMFowGTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwWTATBgcqhkjO
        PQIBBggqhkjOPQMBBwNCAARGk+aWfkIrNIPG4mv+SDcTuNP00gi0YQDqnfxQyKf8
        blNfWNV9SEdqMvjrnM9LiMQp6RULhQZB36sImcREF648oxMwETAPBgNVHRMBAf8E
        BTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQC1BORLl995Krhu+70wbIwg73UYCAzZ
        iHpgUDg07pT16wIgRCsQFnpqNj/erLAHuFxMmJXe06hGAbzFs/lVON3+EHA=
        -----END CERTIFICATE-----
        """

    /// For `localhost` and `tree.example`.
    static let signed = """
        -----BEGIN CERTIFICATE-----
        MIIBejCCASCgAwIBAgIUP3Nd2KwmUcV+LFl6vFM+WMkfKPwwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEG
        CCqGSM49AwEHA0IABNaaapH8SX+57dDTyEIRzMMel8ANwNVXudtG51Dqt/oDHFO9
        iv/j/3lCAgd6MYkkZL5lR2Njj5pFLVbdQigXiAmjSTBHMAwGA1UdEwEB/wQCMAAw
        IgYDVR0RBBswGYIJbG9jYWxob3N0ggx0cmVlLmV4YW1wbGUwEwYDVR0lBAwwCgYI
        KwYBBQUHAwEwCgYIKoZIzj0EAwIDSAAwRQIhAK5rmS8HQF12lH+bZDU9DXMLCmox
        xo7rnVGepiypuDVLAiBLwxswVyhBZCAHQf2/fxP0yizL509Tis14c1/JdvZBKA==
        -----END CERTIFICATE-----
        """

    /// For `localhost`, good until 2021-01-31.
    static let expired = """
        -----BEGIN CERTIFICATE-----
        MIIBajCCARCgAwIBAgIUOwUFA6WMS2IUukmgor1PgcArANYwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwHhcNMjAwMTAxMDAwMDAwWhcNMjEw
        MTMxMDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggq
        hkjOPQMBBwNCAATWmmqR/El/ue3Q08hCEczDHpfADcDVV7nbRudQ6rf6AxxTvYr/
        4/95QgIHejGJJGS+ZUdjY4+aRS1W3UIoF4gJozswOTAMBgNVHRMBAf8EAjAAMBQG
        A1UdEQQNMAuCCWxvY2FsaG9zdDATBgNVHSUEDDAKBggrBgEFBQcDATAKBggqhkjO
        PQQDAgNIADBFAiEAuQ8mjm2KZHWMdfXmtn7ksSqvEc74AAkPjGgknr4xaRUCICIO
        OCN3NTRBFOsBTubSDA9u+EmSlLKA8MkD5jm6Aotj
        -----END CERTIFICATE-----
        """

    /// For `localhost`, good from 2125-01-01 on.
    static let future = """
        -----BEGIN CERTIFICATE-----
        MIIBbjCCARSgAwIBAgIUUBJIt15Fvk0RK0thKbPGNrPTTlQwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwIhgPMjEyNTAxMDEwMDAwMDBaGA8y
        MTI2MDEwMTAwMDAwMFowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0C
        AQYIKoZIzj0DAQcDQgAE1ppqkfxJf7nt0NPIQhHMwx6XwA3A1Ve520bnUOq3+gMc
        U72K/+P/eUICB3oxiSRkvmVHY2OPmkUtVt1CKBeICaM7MDkwDAYDVR0TAQH/BAIw
        ADAUBgNVHREEDTALgglsb2NhbGhvc3QwEwYDVR0lBAwwCgYIKwYBBQUHAwEwCgYI
        KoZIzj0EAwIDSAAwRQIhAKYiWn5rI31AiiNfnnpti5DsZE7hsVW0jeZp5vtY4/PR
        AiAL7SBdlvVrRZ7qKJRfFp1dU/T7xqgQ6mL1YJaLfd10iw==
        -----END CERTIFICATE-----
        """

    /// For a client.
    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBTzCB9qADAgECAhRit7t43yUrLONJwC0linFp3z/yKTAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA5UZXN0IEF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTI2
        MDEwMTAwMDAwMFowDjEMMAoGA1UEAwwDYW5uMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAE1ppqkfxJf7nt0NPIQhHMwx6XwA3A1Ve520bnUOq3+gMcU72K/+P/eUIC
        B3oxiSRkvmVHY2OPmkUtVt1CKBeICaMlMCMwDAYDVR0TAQH/BAIwADATBgNVHSUE
        DDAKBggrBgEFBQcDAjAKBggqhkjOPQQDAgNIADBFAiEAq7+2MAlKut1VauT41fcO
        QOtktycFXqIC1qGoUi7ZaAICIG1EWXlVoXDxYdQKIKJ2NfuueYk9vs+fhytGoaSn
        gA90
        -----END CERTIFICATE-----
        """

    /// A key that none of them is for.
    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIX+hIOzCPX26wbwz
        0O4mq3y1xb8r1N4P4iGHHxH/8BehRANCAARyMlCGFzUlzkNXjM6e7Ogsk2Q6CiHu
        l9T3yCJY3vbJEU0yP5sVG2UsgeGt9QIFYcn0pz87lvy0P8X5rTQ0hkmL
        -----END PRIVATE KEY-----
        """
}
