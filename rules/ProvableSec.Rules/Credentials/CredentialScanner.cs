namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Finds credentials in any text. It looks at every byte about once and allocates nothing for a text without hits; one may be used by many threads.
/// </summary>
/// <param name="now">The time by which a pre-signed URL has expired or not.</param>
/// <param name="allowed">What is not to be reported.</param>
public sealed class CredentialScanner(DateTimeOffset now, AllowedCredentials allowed)
{
    private const int SmtpLength = 44, SignatureLength = 64, ShortestToken = 100;

    /// <summary>Scans a text.</summary>
    /// <param name="text">UTF-8 without byte order mark; any bytes will do.</param>
    /// <param name="path">What the file is called, relative to where the scan began, with slashes; empty for none.</param>
    /// <param name="findings">Takes what is found, in the order of the text.</param>
    public void Scan(ReadOnlySpan<byte> text, string path, List<CredentialFinding> findings)
    {
        CredentialCandidates? found = null;
        var runs = new TokenRuns(text);
        while (runs.Next())
        {
            ExamineRun(text, runs.Start, runs.End, ref found);
        }

        for (int at = text.IndexOf(ConnectionString.Anchor); at >= 0; at = Next(text, at + 1, ConnectionString.Anchor))
        {
            (int start, int end) = Surroundings.LiteralAround(text, at);
            if (ConnectionString.HasPassword(text.Slice(start, end - start), out int password))
            {
                string service = ConnectionString.ServiceOf(text.Slice(start, end - start));
                Of(ref found).AddPassword(CredentialRules.DatabasePassword, start + password, Surroundings.KeyBefore(text, start), $"A connection string to {service} holds a password.");
                at = end - 1;
            }
        }

        for (int at = text.IndexOf(HsmPassword.Anchor); at >= 0; at = Next(text, at + 1, HsmPassword.Anchor))
        {
            if (HsmPassword.HasValue(text, at, out int value))
            {
                Of(ref found).AddPassword(CredentialRules.HsmPassword, value, "HSM_PASSWORD", "The password of a CloudHSM crypto user is written down.");
            }
        }

        found?.Report(text, path, now, allowed, findings);
    }

    /// <summary>Examines a text that a database driver takes as a connection string and whose host is known only when the program runs.</summary>
    /// <param name="text">UTF-8, with <c>{}</c> for what is not known.</param>
    /// <param name="path">As for <see cref="Scan"/>.</param>
    /// <param name="findings">Takes what is found: the password, at the start of the text.</param>
    public void ScanConnectionString(ReadOnlySpan<byte> text, string path, List<CredentialFinding> findings)
    {
        if (ConnectionString.HasPasswordForUnknownHost(text))
        {
            CredentialCandidates? found = null;
            Of(ref found).AddPassword(CredentialRules.DatabasePassword, 0, "", "A connection string holds a password.");
            found?.Report(text, path, now, allowed, findings);
        }
    }

    private static int Next(ReadOnlySpan<byte> text, int from, ReadOnlySpan<byte> anchor) =>
        from >= text.Length || text.Slice(from).IndexOf(anchor) is not (>= 0 and var at) ? -1 : from + at;

    private static CredentialCandidates Of(ref CredentialCandidates? found) => found ??= new CredentialCandidates();

    private static void ExamineRun(ReadOnlySpan<byte> text, int start, int end, ref CredentialCandidates? found)
    {
        bool hasId = FindAccessKeyIds(text, start, end, ref found);
        // In "\nABC" the n belongs to the escape, not to the value.
        if (start > 0 && text[start - 1] == (byte)'\\' && text[start] is (byte)'n' or (byte)'r' or (byte)'t')
        {
            start++;
        }

        ReadOnlySpan<byte> run = text.Slice(start, end - start);
        if (hasId || run.Length < SecretKeyShape.Length)
        {
            return;
        }

        if (run.Length == SecretKeyShape.Length)
        {
            ExamineSecret(text, start, run, ref found);
        }
        else if (run.Length == SmtpLength && run[0] == (byte)'B' && run[1] is >= (byte)'A' and <= (byte)'P')
        {
            Of(ref found).AddSmtp(start, run);
        }
        else if (run.Length == SignatureLength && start >= 16 && Ascii.StartsWithIgnoringCase(text.Slice(start - 16), "x-amz-signature="u8))
        {
            Of(ref found).AddUrl(PresignedUrl.Around(text, start));
        }

        if (run.Length > SecretKeyShape.Length)
        {
            ExamineLong(text, start, run, ref found);
        }
    }

    private static bool FindAccessKeyIds(ReadOnlySpan<byte> text, int start, int end, ref CredentialCandidates? found)
    {
        bool any = false;
        for (int at = start; at + AccessKeyId.Length <= end; at++)
        {
            int a = text.Slice(at, end - AccessKeyId.Length + 1 - at).IndexOf((byte)'A');
            if (a < 0)
            {
                break;
            }

            at += a;
            if (!AccessKeyId.HasPrefix(text.Slice(at)) || !IsBoundaryBefore(text, at)
                || (at + AccessKeyId.Length < text.Length && TokenCharacters.IsWord(text[at + AccessKeyId.Length]))
                || !AccessKeyId.TryParse(text.Slice(at, AccessKeyId.Length), out AccessKeyId id) || id.IsPlaceholder)
            {
                continue;
            }

            any = true;
            Of(ref found).AddId(at, id, at >= 15 && Ascii.StartsWithIgnoringCase(text.Slice(at - 15), "awsaccesskeyid="u8) ? PresignedUrl.Around(text, at) : null);
        }

        return any;
    }

    /// <summary>A word boundary; and what ends an escape (<c>\n</c>, <c>%22</c>) is no part of the word behind it.</summary>
    private static bool IsBoundaryBefore(ReadOnlySpan<byte> text, int at) =>
        at == 0 || !TokenCharacters.IsWord(text[at - 1])
        || (at >= 2 && text[at - 2] == (byte)'\\' && text[at - 1] is (byte)'n' or (byte)'r' or (byte)'t')
        || (at >= 3 && text[at - 3] == (byte)'%' && TokenCharacters.IsHex(text[at - 2]) && TokenCharacters.IsHex(text[at - 1]));

    private static void ExamineSecret(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> run, ref CredentialCandidates? found)
    {
        int end = start + run.Length;
        if ((end < text.Length && text[end] is (byte)'=' or (byte)'_') || (start > 0 && text[start - 1] == (byte)'_'))
        {
            return;
        }

        var shape = new SecretKeyShape(run);
        if (shape.IsSecret)
        {
            bool labelled = Surroundings.IsLabelledSecret(text, start);
            Of(ref found).AddSecret(start, Ascii.Text(run), labelled, alone: !labelled && shape.IsSecretAlone && IsWhole(text, start, end) && !Surroundings.IsLabelledHarmless(text, start));
        }
    }

    /// <summary>Whether nothing but a quote, a space or a sign of assignment touches it: not the part of a path, a URL or a longer value.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> text, int start, int end) =>
        (start == 0 || IsLimit(text[start - 1])) && (end == text.Length || IsLimit(text[end]));

    private static bool IsLimit(byte value) =>
        TokenCharacters.IsSpace(value) || TokenCharacters.IsLineEnd(value) || value is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'=' or (byte)':' or (byte)',' or (byte)';' or (byte)'<' or (byte)'>' or (byte)'(' or (byte)')' or (byte)'\\';

    private static void ExamineLong(ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> run, ref CredentialCandidates? found)
    {
        if (PrivateKey.HasHeaderBefore(text, start, out int header))
        {
            Of(ref found).Add(CredentialRules.PrivateKey, CredentialRules.PrivateKey.Severity, header, 0, "A private key is written down.", Ascii.Text(run));
        }
        else if (run.StartsWith("ABSKQmVkcm9ja0FQSUtleS"u8) || (run.StartsWith("YmVkcm9jay5hbWF6b25hd3MuY29t"u8) && start >= 16 && text.Slice(start - 16, 16).SequenceEqual("bedrock-api-key-"u8)))
        {
            // The body is Base64 of "BedrockAPIKey-…", or of a pre-signed URL of bedrock.amazonaws.com.
            Of(ref found).Add(CredentialRules.BedrockApiKey, CredentialRules.BedrockApiKey.Severity, start, 0, "An API key of Amazon Bedrock is written down.", Ascii.Text(run));
        }
        else if (run.Length >= ShortestToken && (IsTokenStart(run) || Surroundings.IsLabelledToken(text, start)))
        {
            Of(ref found).Add(CredentialRules.SessionToken, CredentialRules.SessionToken.Severity, start, 0, "A session token is written down.", Ascii.Text(run));
        }
    }

    /// <summary>Base64 of what STS puts first: <c>origin_</c>, or <c>er/aws</c> in older tokens.</summary>
    private static bool IsTokenStart(ReadOnlySpan<byte> run) =>
        run.StartsWith("IQoJb3JpZ2luX"u8) || run.StartsWith("FwoGZXIvYXdz"u8) || run.StartsWith("FQoGZXIvYXdz"u8) || run.StartsWith("FwoDYXdz"u8) || run.StartsWith("FQoDYXdz"u8);
}
