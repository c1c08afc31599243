namespace ProvableSec.Rules.Credentials;

/// <summary>What is found by a word beside it, whatever it looks like: passwords that people choose, and keys in JSON.</summary>
internal static class PasswordDetectors
{
    /// <summary>Searches a text.</summary>
    public static void Search(SearchedText searched, ref CredentialCandidates? found)
    {
        SearchHosts(searched, ref found);
        ReadOnlySpan<byte> text = searched.Bytes;
        for (int at = text.IndexOf(HsmPassword.Anchor); at >= 0; at = Next(text, at + 1, HsmPassword.Anchor))
        {
            if (HsmPassword.HasValue(text, at, out int value))
            {
                CredentialCandidates.Of(ref found).AddPassword(CredentialRules.HsmPassword, searched.Place(value), "HSM_PASSWORD",
                    "The password of a CloudHSM crypto user is hard-coded.");
            }
        }

        for (int at = text.IndexOf(HsmPassword.Role); at >= 0; at = Next(text, at + 1, HsmPassword.Role))
        {
            if (HsmPassword.HasLogin(text, at, out int value))
            {
                CredentialCandidates.Of(ref found).AddPassword(CredentialRules.HsmPassword, searched.Place(value), "HSM_PASSWORD",
                    "The password of a CloudHSM crypto user is hard-coded.");
            }
        }

        for (int at = text.IndexOf(JsonWebKey.Anchor); at >= 0; at = Next(text, at + 1, JsonWebKey.Anchor))
        {
            if (JsonWebKey.HasPrivate(text, at, out int value, out int length))
            {
                CredentialCandidates.Of(ref found).Add(
                    CredentialRules.PrivateKey, CredentialRules.PrivateKey.Severity, searched.Place(value), 0, "A private key is hard-coded.",
                    Ascii.Text(text.Slice(value, length)));
            }
        }

        SearchLiterals(searched, LiteralPassword.Anchor, ref found);
        SearchLiterals(searched, LiteralPassword.CapitalAnchor, ref found);
        SearchAuthTokens(searched, ref found);
        for (int at = text.IndexOf(NetworkPassword.Anchor); at >= 0; at = Next(text, at + 1, NetworkPassword.Anchor))
        {
            if (NetworkPassword.HasValue(text, at, out int value))
            {
                CredentialCandidates.Of(ref found).AddPassword(CredentialRules.DirectoryPassword, searched.Place(value), "credential",
                    "A password for a directory or a network is hard-coded.");
            }
        }

        for (int at = text.IndexOf(LiteralPassword.SecretAnchor); at >= 0; at = Next(text, at + 1, LiteralPassword.SecretAnchor))
        {
            if (LiteralPassword.HasSecretString(text, at, out int value))
            {
                CredentialCandidates.Of(ref found).AddPassword(CredentialRules.LiteralPassword, searched.Place(value), "secretstring",
                    "A value for Secrets Manager is hard-coded.");
            }
        }
    }

    private static void SearchAuthTokens(SearchedText searched, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        for (int at = text.IndexOf(AuthToken.Anchor); at >= 0; at = Next(text, at + 1, AuthToken.Anchor))
        {
            if (AuthToken.IsNamed(text, at))
            {
                for (int from = 0; AuthToken.Next(text, from, out int value, out int end); from = end)
                {
                    CredentialCandidates.Of(ref found).AddPassword(CredentialRules.LiteralPassword, searched.Place(value), "authtoken",
                        "A token for ElastiCache is hard-coded.");
                }

                return;
            }
        }
    }

    private static void SearchHosts(SearchedText searched, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        int quiet = 0;
        for (int at = text.IndexOf(ConnectionString.Anchor); at >= 0; at = Next(text, at + 1, ConnectionString.Anchor))
        {
            (int start, int end) = Surroundings.LiteralAround(text, at);
            string service = ConnectionString.ServiceOf(text.Slice(start, end - start));
            if (ConnectionString.HasPassword(text, start, ref end, out int password))
            {
                CredentialCandidates.Of(ref found).AddPassword(
                    CredentialRules.DatabasePassword, searched.Place(password), Surroundings.KeyBefore(text, start),
                    $"A connection string to {service} holds a password.");
                at = end - 1;
            }
            else if (CommandPassword.HasPassword(text, at, out password))
            {
                CredentialCandidates.Of(ref found).AddPassword(CredentialRules.DatabasePassword, searched.Place(password), "command",
                    $"A command holds the password for {service}.");
            }
            else if (DatabaseSettings.HasPassword(text, at, start, end, ref quiet, out (int Start, int Length) key, out password, out _))
            {
                CredentialCandidates.Of(ref found).AddPassword(
                    CredentialRules.DatabasePassword, searched.Place(password), Ascii.Text(text.Slice(key.Start, key.Length)),
                    $"The password of {service} is hard-coded beside its host.");
            }
        }
    }

    private static void SearchLiterals(SearchedText searched, ReadOnlySpan<byte> anchor, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        bool? hasDatabase = null;
        for (int at = text.IndexOf(anchor); at >= 0; at = Next(text, at + 1, anchor))
        {
            if (LiteralPassword.HasValue(text, at, out string key, out int value, out bool needsDatabase)
                && (!needsDatabase || (hasDatabase ??= LiteralPassword.SpeaksOfDatabase(text)) || LiteralPassword.HasRedshiftPort(text, value)))
            {
                bool isDirectory = LiteralPassword.NamesDirectory(key);
                CredentialCandidates.Of(ref found).AddPassword(
                    isDirectory ? CredentialRules.DirectoryPassword : CredentialRules.LiteralPassword, searched.Place(value), key,
                    isDirectory ? "A password to bind to a directory is hard-coded." : "A password for a resource of AWS is hard-coded.");
            }
        }
    }

    private static int Next(ReadOnlySpan<byte> text, int from, ReadOnlySpan<byte> anchor) =>
        from >= text.Length || text.Slice(from).IndexOf(anchor) is not (>= 0 and var at) ? -1 : from + at;
}
