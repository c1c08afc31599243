namespace ProvableSec.Rules.Credentials;

/// <summary>What is found by its form: each lies in one run of token characters.</summary>
internal static class RunDetectors
{
    private const int SmtpLength = 44, SignatureLength = 64, ShortestToken = 100;

    /// <summary>Examines one run.</summary>
    public static void Examine(SearchedText searched, int start, int end, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        bool hasId = FindAccessKeyIds(searched, start, end, ref found);
        start = SkipEscape(text, start);
        ReadOnlySpan<byte> run = text.Slice(start, end - start);
        if (hasId || run.Length < SecretKeyShape.Length)
        {
            return;
        }

        if (run.Length == SecretKeyShape.Length)
        {
            ExamineSecret(searched, start, run, ref found);
        }
        else if (run.Length == SmtpLength && run[0] == (byte)'B' && run[1] is >= (byte)'A' and <= (byte)'P')
        {
            CredentialCandidates.Of(ref found).AddSmtp(searched.Place(start), run, Surroundings.IsLabelledSmtp(text, start));
        }
        else if (run.Length == SignatureLength && start >= 16 && Ascii.StartsWithIgnoringCase(text.Slice(start - 16), "x-amz-signature="u8))
        {
            CredentialCandidates.Of(ref found).AddUrl(PresignedUrl.Around(searched, start));
        }

        if (run.Length > SecretKeyShape.Length)
        {
            ExamineLong(searched, start, run, ref found);
        }
    }

    /// <summary>In "\nABC" the n belongs to the escape, not to the value.</summary>
    public static int SkipEscape(ReadOnlySpan<byte> text, int start) =>
        start > 0 && text[start - 1] == (byte)'\\' && text[start] is (byte)'n' or (byte)'r' or (byte)'t' ? start + 1 : start;

    private static bool FindAccessKeyIds(SearchedText searched, int start, int end, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
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
            CredentialCandidates.Of(ref found).AddId(searched.Place(at), searched.Extent(at, AccessKeyId.Length), id,
                at >= 15 && Ascii.StartsWithIgnoringCase(text.Slice(at - 15), "awsaccesskeyid="u8) ? PresignedUrl.Around(searched, at) : null);
        }

        return any;
    }

    /// <summary>A word boundary; and what ends an escape (<c>\n</c>, <c>%22</c>) is not part of the word behind it.</summary>
    private static bool IsBoundaryBefore(ReadOnlySpan<byte> text, int at) =>
        at == 0 || !TokenCharacters.IsWord(text[at - 1])
        || (at >= 2 && text[at - 2] == (byte)'\\' && text[at - 1] is (byte)'n' or (byte)'r' or (byte)'t')
        || (at >= 3 && text[at - 3] == (byte)'%' && TokenCharacters.IsHex(text[at - 2]) && TokenCharacters.IsHex(text[at - 1]));

    private static void ExamineSecret(SearchedText searched, int start, ReadOnlySpan<byte> run, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        int end = start + run.Length;
        if ((end < text.Length && text[end] is (byte)'=' or (byte)'_') || (start > 0 && text[start - 1] == (byte)'_'))
        {
            return;
        }

        var shape = new SecretKeyShape(run);
        if (shape.IsSecret && !Surroundings.IsLineOfBlock(text, start, end) && !Encrypted.Is(text, start))
        {
            bool labelled = searched.LabelOf(start, end) == CredentialLabel.Secret;
            CredentialCandidates.Of(ref found).AddSecret(
                searched.Place(start), Ascii.Text(run), labelled, alone: !labelled && shape.IsSecretAlone && IsWhole(text, start, end)
                    && !CredentialLabels.AreHarmless(text, start));
        }
    }

    /// <summary>Whether nothing but a quote, a space or a sign of assignment touches it: not the part of a path, a URL or a longer value.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> text, int start, int end) =>
        (start == 0 || IsLimit(text[start - 1])) && (end == text.Length || IsLimit(text[end]));

    private static bool IsLimit(byte value) =>
        TokenCharacters.IsSpace(value) || TokenCharacters.IsLineEnd(value) || value is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'=' or (byte)':'
            or (byte)',' or (byte)';' or (byte)'<' or (byte)'>' or (byte)'(' or (byte)')' or (byte)'\\';

    private static void ExamineLong(SearchedText searched, int start, ReadOnlySpan<byte> run, ref CredentialCandidates? found)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        if (PrivateKey.IsBody(text, start, out int header))
        {
            Add(CredentialRules.PrivateKey, searched.Place(header), "A private key is hard-coded.", run, ref found);
        }
        else if (run.StartsWith("ABSKQmVkcm9ja0FQSUtleS"u8)
            || (run.StartsWith("YmVkcm9jay5hbWF6b25hd3MuY29t"u8) && start >= 16 && text.Slice(start - 16, 16).SequenceEqual("bedrock-api-key-"u8)))
        {
            // The body is Base64 of "BedrockAPIKey-…", or of a pre-signed URL of bedrock.amazonaws.com.
            Add(CredentialRules.BedrockApiKey, searched.Place(start), "An API key of Amazon Bedrock is hard-coded.", run, ref found);
        }
        else if (ServiceToken.ServiceOf(text, start, run) is { } service)
        {
            Add(CredentialRules.ServiceToken, searched.Place(start), $"A token of {service} is hard-coded.", run, ref found);
        }
        else if (run.Length >= ShortestToken && (IsTokenStart(run) || searched.LabelOf(start, start + run.Length) == CredentialLabel.Token)
            && run.IndexOf("EXAMPLE"u8) < 0 && !Encrypted.Is(text, start))
        {
            Add(CredentialRules.SessionToken, searched.Place(start), "A session token is hard-coded.", run, ref found);
        }
    }

    private static void Add(Rule rule, int place, string message, ReadOnlySpan<byte> run, ref CredentialCandidates? found) =>
        CredentialCandidates.Of(ref found).Add(rule, rule.Severity, place, 0, message, Ascii.Text(run));

    /// <summary>Base64 of what STS puts first: <c>origin_</c>, or <c>er/aws</c> in older tokens.</summary>
    private static bool IsTokenStart(ReadOnlySpan<byte> run) =>
        run.StartsWith("IQoJb3JpZ2luX"u8) || run.StartsWith("FwoGZXIvYXdz"u8) || run.StartsWith("FQoGZXIvYXdz"u8) || run.StartsWith("FwoDYXdz"u8)
            || run.StartsWith("FQoDYXdz"u8);
}
