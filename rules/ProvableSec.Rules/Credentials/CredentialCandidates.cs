using System.Globalization;
using System.Text;

namespace ProvableSec.Rules.Credentials;

/// <summary>What was seen in one text, before it is known what belongs together: an ID with its secret is one finding, and what is part of a URL
/// none.</summary>
internal sealed class CredentialCandidates
{
    private readonly List<(int Start, int Length, AccessKeyId Id)> ids = [];
    private readonly List<(int Start, string Value, bool Labelled, bool Alone)> secrets = [];
    private readonly List<(int Start, string Value, bool Labelled)> smtp = [];
    private readonly List<PresignedUrl> urls = [];
    private readonly List<(Rule Rule, RuleSeverity Severity, int Start, int Length, string Message, string Value)> values = [];
    private readonly List<(Rule Rule, int Start, string Key, string Message)> passwords = [];

    public static CredentialCandidates Of(ref CredentialCandidates? found) => found ??= new CredentialCandidates();

    public void AddId(int start, int length, AccessKeyId id, PresignedUrl? url)
    {
        ids.Add((start, length, id));
        AddUrl(url);
    }

    public void AddSecret(int start, string value, bool labelled, bool alone) => secrets.Add((start, value, labelled, alone));

    public void AddSmtp(int start, ReadOnlySpan<byte> value, bool labelled)
    {
        if (new SecretKeyShape(value).IsSecret)
        {
            smtp.Add((start, Ascii.Text(value), labelled));
        }
    }

    public void AddUrl(PresignedUrl? url)
    {
        // A URL may be met twice, by its key and by its signature, but never after one that comes later in the text.
        if (url is not null && (urls.Count == 0 || urls[urls.Count - 1].End <= url.Start))
        {
            urls.Add(url);
        }
    }

    public void AddPassword(Rule rule, int start, string key, string message) => passwords.Add((rule, start, key, message));

    /// <summary>Adds something drawn at random.</summary>
    public void Add(Rule rule, RuleSeverity severity, int start, int length, string message, string value)
    {
        // A token that is wrapped once more and has its name outside is met twice; what it is without the wrapping counts.
        if (values.Count > 0 && values[values.Count - 1] is var last && last.Rule == rule && last.Start == start)
        {
            values.RemoveAt(values.Count - 1);
        }

        values.Add((rule, severity, start, length, message, value));
    }

    /// <summary>Decides what is reported.</summary>
    public void Report(ReadOnlySpan<byte> text, string path, DateTimeOffset now, AllowedCredentials allowed, List<CredentialFinding> findings)
    {
        // What was wrapped is found where its wrapping stands, after what stands behind it.
        ids.Sort((one, other) => one.Start.CompareTo(other.Start));
        secrets.Sort((one, other) => one.Start.CompareTo(other.Start));
        AddUrls(text, now);
        AddKeys(text, path);
        AddSmtpPasswords(text);
        var reported = new List<CredentialFinding>();
        var ordinals = new Dictionary<(string Rule, string Key), int>();
        var named = new HashSet<int>(passwords.Select(password => password.Start));
        foreach ((Rule rule, RuleSeverity severity, int start, int length, string message, string value) in values)
        {
            // Bedrock's short-term keys and pre-signed URLs hold other credentials; the whole is what counts.
            if (rule == CredentialRules.PossibleSecretAccessKey ? !named.Contains(start) && !IsInUrl(start) : rule == CredentialRules.PresignedUrl
                || !IsInUrl(start))
            {
                string identity = Fingerprint.OfValue(rule, value);
                bool isId = AccessKeyId.TryParse(Encoding.ASCII.GetBytes(value), out AccessKeyId id);
                reported.Add(new CredentialFinding(rule, severity, start, length, message,
                    isId ? Fingerprint.OfPlace(rule, path, id.ToString(), Ordinal(rule, id.ToString())) : identity)
                {
                    Identity = identity,
                    Values = string.Join(" ",
                        (rule == CredentialRules.AccessKey || rule == CredentialRules.RootAccessKey ? value.Split(':') : [value]).Select(Fingerprint.OfPart)),
                });
            }
        }

        var taken = new HashSet<int>(reported.Select(finding => finding.Start));
        foreach ((Rule rule, int start, string key, string message) in passwords)
        {
            // A password that is a token or a key as well, or that several hosts stand beside, is one finding.
            if (taken.Add(start))
            {
                reported.Add(new CredentialFinding(rule, rule.Severity, start, 0, message, Fingerprint.OfPlace(rule, path, key, Ordinal(rule, key))));
            }
        }

        findings.AddRange(reported.Where(finding => !allowed.Contains(finding)).OrderBy(finding => finding.Start)
            .ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal));

        int Ordinal(Rule rule, string key)
        {
            ordinals.TryGetValue((rule.Id, key), out int ordinal);
            ordinals[(rule.Id, key)] = ordinal + 1;
            return ordinal;
        }
    }

    private void AddUrls(ReadOnlySpan<byte> text, DateTimeOffset now)
    {
        foreach (PresignedUrl url in urls)
        {
            bool expired = url.Expires is { } end && end <= now;
            string until = url.Expires is { } expires ? expires.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : "an unknown time";
            Add(
                CredentialRules.PresignedUrl,
                expired ? RuleSeverity.Info : CredentialRules.PresignedUrl.Severity,
                url.Start,
                0,
                expired ? $"A pre-signed URL is hard-coded; it expired on {until}." : $"A pre-signed URL is hard-coded; it works until {until}.",
                Encoding.UTF8.GetString(text.Slice(url.Start, url.End - url.Start).ToArray()));
        }
    }

    private void AddKeys(ReadOnlySpan<byte> text, string path)
    {
        bool[] taken = new bool[secrets.Count];
        bool root = IsRootKeyFile(text, path);
        foreach ((int start, int length, AccessKeyId id) in ids)
        {
            if (IsInUrl(start))
            {
                continue;
            }

            int secret = SecretOf(text, start, taken);
            Rule rule = root ? CredentialRules.RootAccessKey : secret >= 0 ? CredentialRules.AccessKey : CredentialRules.AccessKeyId;
            string message = root ? $"The access key {id} is the root user's."
                : secret >= 0 ? $"Hard-coded access key with its secret: {id}."
                : $"Hard-coded access key ID: {id}.";
            if (secret >= 0)
            {
                taken[secret] = true;
            }

            Add(rule, rule.Severity, start, length, message, secret >= 0 ? id.Text + ":" + secrets[secret].Value : id.Text);
        }

        for (int i = 0; i < secrets.Count; i++)
        {
            (int start, string value, bool labelled, bool alone) = secrets[i];
            if (!taken[i] && labelled)
            {
                Add(CredentialRules.SecretAccessKey, CredentialRules.SecretAccessKey.Severity, start, 0, "A secret access key is hard-coded.", value);
            }
            else if (!taken[i] && alone)
            {
                Add(CredentialRules.PossibleSecretAccessKey, CredentialRules.PossibleSecretAccessKey.Severity, start, 0, "This looks like a secret access key.",
                    value);
            }
        }
    }

    /// <summary>The nearest secret that no other ID has; one behind the ID before one in front of it.</summary>
    private int SecretOf(ReadOnlySpan<byte> text, int id, bool[] taken)
    {
        int behind = FirstFrom(secrets.Count, i => secrets[i].Start, id);
        for (int i = behind; i < secrets.Count && Surroundings.AreNear(text, id, secrets[i].Start); i++)
        {
            if (!taken[i])
            {
                return i;
            }
        }

        for (int i = behind - 1; i >= 0 && Surroundings.AreNear(text, id, secrets[i].Start); i--)
        {
            if (!taken[i])
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first of some places in ascending order that is not before a given one. A file can be made of candidates and nothing else.</summary>
    private static int FirstFrom(int count, Func<int, int> placeOf, int place)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (placeOf(middle) < place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The file that the console gives out for the root user is called so and has these headings (IAM User Guide, "Creating access keys for the root
    /// user").</summary>
    private static bool IsRootKeyFile(ReadOnlySpan<byte> text, string path) =>
        path.EndsWith("rootkey.csv", StringComparison.OrdinalIgnoreCase)
        || (text.StartsWith("AWSAccessKeyId="u8) && text.IndexOf("AWSSecretKey="u8) >= 0);

    private void AddSmtpPasswords(ReadOnlySpan<byte> text)
    {
        bool hasHost = smtp.Count > 0 && text.IndexOf("email-smtp"u8) >= 0;
        foreach ((int start, string value, bool labelled) in smtp)
        {
            if (hasHost || labelled)
            {
                Add(CredentialRules.SmtpPassword, CredentialRules.SmtpPassword.Severity, start, 0, "An SMTP password of Amazon SES is hard-coded.", value);
            }
        }
    }

    private bool IsInUrl(int at) => FirstFrom(urls.Count, i => urls[i].Start, at + 1) is > 0 and var next && at < urls[next - 1].End;
}
