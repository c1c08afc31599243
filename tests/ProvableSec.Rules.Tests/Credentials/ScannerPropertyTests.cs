using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Tests.Credentials;

public sealed partial class ScannerPropertyTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int soak) ? soak
        : 5_000;

    [Fact]
    public void Secrets_at_their_place_are_found_and_nearly_all_that_stand_alone()
    {
        var fresh = new Fresh(11);
        int labelled = 0, alone = 0;
        for (int i = 0; i < Rounds; i++)
        {
            string secret = fresh.SecretKey();
            labelled += Scan.Ids($"aws_secret_access_key = {secret}") == "PSEC1003" ? 1 : 0;
            alone += Scan.Ids($"x = {secret}") == "PSEC1004" ? 1 : 0;
        }

        Assert.InRange(labelled / (double)Rounds, 0.9999, 1);
        Assert.InRange(alone / (double)Rounds, 0.95, 1);
    }

    /// <summary>The scanner's runs against a regular expression, over texts made of what runs are made of.</summary>
    [Fact]
    public void Runs_are_those_of_a_regular_expression() =>
        Gen.Select(Gen.OneOf("a", "Z/", "+7", " ", "\n", "abcdefghijklmnopqrs", "_", "0123456789012345678", "é"), Gen.Int[1, 3])
            .Select((s, n) => string.Concat(Enumerable.Repeat(s, n)))
            .Array[0, 40].Select(string.Concat).Each(Rounds,
                text =>
                {
                    byte[] bytes = Encoding.Latin1.GetBytes(text);
                    var found = new List<(int, int)>();
                    var runs = new TokenRuns(bytes);
                    while (runs.Next())
                    {
                        found.Add((runs.Start, runs.End));
                    }

                    Assert.Equal(Run().Matches(text).Select(m => (m.Index, m.Index + m.Length)), found);
                });

    [Fact]
    public void An_id_is_found_wherever_it_stands() =>
        Gen.Select(Gen.Int, Gen.String[Gen.Char.AlphaNumeric, 0, 39], Gen.OneOf(" ", "\"", "=", "/", "\n", ":"), Gen.Int[0, 200]).Each(Rounds,
            (seed, around, limit, spaces) =>
                Scan.Text(new string(' ', spaces) + around + limit + new Fresh(seed).AccessKeyId() + limit + around)
                    .Count(finding => finding.Rule == CredentialRules.AccessKeyId) == 1);

    /// <summary>Bytes of all kinds with the words that detectors wake up for.</summary>
    [Fact]
    public void Any_bytes_are_read_to_their_end() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 50],
                Gen.OneOf(
                    "AKIA", ".amazonaws.com", "HSM_PASSWORD", "CLOUDHSM_PIN", "://", "X-Amz-Signature=", "AWSAccessKeyId=", "-----BEGIN PRIVATE KEY-----", "\n",
                        "\r", "\\n", "password=", "secretkey",
                    "email-smtp", "?", "&", "@", ":", "\"", "ENV ", "IQoJb3JpZ2luX2Vj", "ABSKQmVkcm9ja0FQSUtleS", "bedrock-api-key-",
                    "\\u002B", "\\/", "%2F", "&quot;", "&#x2B;", "\u001b[31m", "\" + \"", "\\\n", "\"name\":\"", "\"value\":\"", "MasterUserPassword: ",
                        "SecretString=\"{", "--secret-string ", "loginHSM CU a ",
                    "<RSAKeyValue><D>", "Private-Lines: 1\n", "\"kty\":\"RSA\"", "\"d\":\"", "db.rds.amazonaws.com", "{", "}", "QUtJQUFBQUFBQUFBQUFBQUFBQUE",
                        "Password='").Select(Encoding.ASCII.GetBytes),
                Gen.Int.Select(seed => Encoding.ASCII.GetBytes(new Fresh(seed).SecretKey())),
                Gen.Int.Select(seed => Encoding.ASCII.GetBytes(new Fresh(seed).Hex(64))),
                Gen.Int.Select(seed => Encoding.ASCII.GetBytes(new Fresh(seed).AccessKeyId())))
            .Array[0, 20].Select(parts => parts.SelectMany(part => part).ToArray()).Each(Rounds,
                bytes => Scan.Bytes(bytes).All(finding => finding.Start >= 0 && finding.Start + finding.Length <= bytes.Length));

    [Fact]
    public void A_text_without_hits_costs_no_memory()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("public static void Main(string[] arguments) => https://sqs.eu-west-1.amazonaws.com/; // HSM_PASSWORD\n", 500)));
        var findings = new List<CredentialFinding>();
        var scanner = new CredentialScanner(Scan.Now, AllowedCredentials.None);
        scanner.Scan(text, "a", findings);
        long before = GC.GetAllocatedBytesForCurrentThread();
        scanner.Scan(text, "a", findings);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("20260101T000000Z", RuleSeverity.Info, "expired on 2026-01-01 01:00Z")]
    [InlineData("20260601T000000Z", RuleSeverity.Warning, "works until 2026-06-01 01:00Z")]
    [InlineData("yesterday", RuleSeverity.Warning, "works until an unknown time")]
    public void An_expired_URL_is_for_information(string date, RuleSeverity severity, string told)
    {
        CredentialFinding finding = Assert.Single(Scan.Text(new Fresh(12).PresignedUrl(date)));
        Assert.Equal(severity, finding.Severity);
        Assert.Contains(told, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_allowed_is_quiet_and_nothing_else()
    {
        var fresh = new Fresh(13);
        string text = $"aws_secret_access_key = {fresh.SecretKey()}\n\n\naws_secret_access_key = {fresh.SecretKey()}\n";
        List<CredentialFinding> findings = Scan.Text(text);
        Assert.Equal(2, findings.Count);
        var allowed = AllowedCredentials.Read($"# seen\n{findings[0].Fingerprint}  # a test key\r\n", out int bad);
        Assert.Equal(0, bad);
        Assert.Equal([findings[1]], Scan.Bytes(Encoding.UTF8.GetBytes(text), allowed: allowed));
        AllowedCredentials.Read("# one\nnonsense\n", out bad);
        Assert.Equal(2, bad);
    }

    /// <summary>A hash of a password could be guessed, so its fingerprint must not depend on it; that of a key must.</summary>
    [Fact]
    public void The_fingerprint_of_a_password_is_that_of_its_place()
    {
        var fresh = new Fresh(14);
        string Connection() => $"\"Main\": \"Host=x.rds.amazonaws.com;Password={fresh.Password()}\"";
        Assert.Equal(Scan.Text(Connection())[0].Fingerprint, Scan.Text(Connection())[0].Fingerprint);
        Assert.NotEqual(Scan.Text(Connection(), "a")[0].Fingerprint, Scan.Text(Connection(), "b")[0].Fingerprint);
        Assert.NotEqual(Scan.Text(fresh.AccessKeyId())[0].Fingerprint, Scan.Text(fresh.AccessKeyId())[0].Fingerprint);
        List<CredentialFinding> two = Scan.Text(Connection() + "\n" + Connection());
        Assert.Equal(2, two.Select(finding => finding.Fingerprint).Distinct().Count());
    }

    /// <summary>Most of an ID is shown, and the rest could be guessed from a hash.</summary>
    [Fact]
    public void The_fingerprint_of_an_ID_is_that_of_its_place_and_of_what_is_shown()
    {
        string id = new Fresh(15).AccessKeyId(), other = id[..14] + (id[14] == 'A' ? 'B' : 'A') + id[15..];
        Assert.Equal(Scan.Text(id)[0].Fingerprint, Scan.Text($"moved\n{other}")[0].Fingerprint);
        Assert.NotEqual(Scan.Text(id, "a")[0].Fingerprint, Scan.Text(id, "b")[0].Fingerprint);
        Assert.Equal(2, Scan.Text($"{id}\n{other}").Select(finding => finding.Fingerprint).Distinct().Count());
        Assert.DoesNotContain(Scan.Text(id)[0].Identity, Scan.Text(id)[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_an_earlier_version_wrote_of_IDs_still_counts()
    {
        string id = new Fresh(16).AccessKeyId();
        string earlier = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"PSEC1002\n{id}")));
        Assert.Empty(Scan.Bytes(Encoding.UTF8.GetBytes($"key {id}"), allowed: AllowedCredentials.Read(earlier, out _)));
    }

    [GeneratedRegex("[A-Za-z0-9+/]{20,}", RegexOptions.CultureInvariant)]
    private static partial Regex Run();
}
