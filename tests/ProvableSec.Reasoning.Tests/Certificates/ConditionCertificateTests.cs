using ProvableSec.Certificates;
using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Certificates.Certified;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>
/// Of each two conditions on a key, where one allows and the other denies: the checker confirms that nothing is allowed where the prover says so, and where
/// something is, its own clauses do not exclude each other.
/// </summary>
public sealed class ConditionCertificateTests
{
    private static readonly string[] World = ["linked-keys", "shapes", "catalogue"];

    public static TheoryData<string, string[]> Families() => new()
    {
        {
            "texts", Of("aws:SourceVpc", "StringEquals a", "StringEquals A", "StringNotEquals a", "StringEqualsIgnoreCase a", "StringNotEqualsIgnoreCase a",
                "StringLike a*", "StringLike *", "StringLike ?", "StringNotLike a*", "StringEqualsIfExists a", "StringNotLikeIfExists a*", "StringEquals",
                "StringNotEquals", "StringEquals a|b", "StringNotEquals a|b", "Null true", "Null false", "Null", "Null true|false", "StringEquals ${aws:username}",
                "StringNotLike ${aws:username}", "Strange a")
        },
        {
            "texts of several values", Of("aws:TagKeys", "StringEquals a", "StringNotEquals a", "ForAnyValue:StringEquals a", "ForAllValues:StringEquals a",
                "ForAnyValue:StringNotEquals a", "ForAllValues:StringNotEquals a", "ForAnyValue:StringEqualsIfExists a", "ForAllValues:StringEqualsIfExists a",
                "ForAllValues:StringNotEqualsIfExists a", "ForAnyValue:StringNotLikeIfExists a*", "ForAllValues:StringLike a*", "ForAnyValue:StringEquals",
                "ForAllValues:StringEquals", "ForAllValues:Null true", "ForAnyValue:Null true", "Null true", "Null false", "ForAllValues:StringEquals a|b",
                "ForAnyValue:StringLike ${aws:username}", "ForAllValues:StringNotLike ${aws:username}")
        },
        {
            "numbers", Of("s3:max-keys", "NumericEquals 1", "NumericEquals 1.0", "NumericNotEquals 1", "NumericLessThan 1", "NumericLessThanEquals 1",
                "NumericGreaterThan 1", "NumericGreaterThanEquals 1", "NumericLessThan x", "NumericNotEquals x", "NumericNotEquals 1|x", "NumericEquals 1|2",
                "NumericGreaterThanIfExists 1", "NumericLessThan 1.5", "NumericGreaterThan 0.5", "Null true")
        },
        {
            "moments", Of("aws:CurrentTime", "DateEquals 2040", "DateNotEquals 2040", "DateLessThan 2040", "DateLessThanEquals 2040-01-01T00:00:00Z",
                "DateGreaterThan 2040", "DateGreaterThanEquals 2040", "DateLessThan never", "DateNotEquals never", "DateGreaterThanIfExists 2040", "Null true",
                "DateGreaterThan 2020", "DateLessThan 2020", "aws:EpochTime DateLessThan 2040", "aws:EpochTime NumericLessThan 2208988800", "StringLike 2*")
        },
        {
            "truth values", Of("aws:SecureTransport", "Bool true", "Bool false", "Bool TRUE", "Bool x", "Bool true|false", "BoolIfExists true", "Null true",
                "StringEquals true", "StringNotEquals true", "Bool ${aws:username}", "ForAnyValue:Bool true", "ForAllValues:Bool true")
        },
        { "bytes", Of("k:bytes", "BinaryEquals QQ==", "BinaryEquals QR==", "BinaryEquals QUI=", "BinaryEquals ?", "BinaryEqualsIfExists QQ==", "Null true") },
        {
            "addresses", Of("aws:SourceIp", "IpAddress 10.0.0.0/8", "IpAddress 10.1.0.0/16", "NotIpAddress 10.0.0.0/8", "IpAddress 10.1.2.3", "IpAddress 10.1.2.3/32",
                "NotIpAddress 10.1.2.3", "IpAddress 2001:db8::1", "IpAddress 2001:db8::/32", "NotIpAddress 2001:db8::1", "NotIpAddress 2001:db8::/128", "IpAddress x",
                "NotIpAddress x", "NotIpAddress 10.0.0.0/8|x", "NotIpAddress 10.0.0.0/33", "IpAddress 0.0.0.0/0", "IpAddress ::/0", "IpAddress 0.0.0.0/1|128.0.0.0/1",
                "IpAddressIfExists 10.0.0.0/8", "Null true")
        },
        {
            "names", Of("aws:SourceArn", "ArnEquals arn:aws:s3:::b", "ArnLike arn:aws:s3:::b*", "ArnNotLike arn:aws:s3:::b*", "ArnLike arn:aws:*:*:*:b",
                "ArnLike arn:aws:s3*", "ArnNotEquals arn:aws:s3", "ArnLike *", "StringLike arn:aws:s3:::b*", "StringEquals arn:aws:s3:::b",
                "ArnLikeIfExists arn:aws:s3:::b", "Null true", "ArnLike arn:aws:s?:::b")
        },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void The_checker_says_what_the_prover_says(string family, string[] conditions)
    {
        int possible = 0, impossible = 0;
        var told = new List<string>();
        foreach (string allows in conditions)
        {
            foreach (string denies in conditions)
            {
                string query = $$"""{"question":"can","policy":{{Document(Allow(allows), Deny(denies))}}}""";
                Verdict verdict = Prover.Answer(Read(query)).Verdict;
                if (verdict == Verdict.Unknown)
                {
                    // A text that two kinds of comparison look at.
                    continue;
                }

                bool isPossible = verdict == Verdict.Holds;
                CertificateResult result = isPossible ? Claim(query, World) : Write(query);
                if ((result.Text is null) != isPossible || (result.Text is { } text && Check(text).Problem is { Length: > 0 }))
                {
                    told.Add($"{allows} but not {denies}: {(isPossible ? "possible" : "impossible")}, yet {result.Reason}");
                }

                (possible, impossible) = isPossible ? (possible + 1, impossible) : (possible, impossible + 1);
            }
        }

        Assert.True(told.Count == 0, $"{family}: {told.Count} of {conditions.Length * conditions.Length}\n{string.Join('\n', told)}");
        Assert.True(possible > conditions.Length && impossible >= conditions.Length, $"{family}: {possible} possible, {impossible} not");
    }

    private static string[] Of(string key, params string[] conditions) => [.. conditions.Select(condition =>
    {
        string[] words = condition.Split(' ');
        (string name, string op, string values) = words.Length == 3 ? (words[0], words[1], words[2]) : (key, words[0], words.Length > 1 ? words[1] : "");
        string listed = string.Join(',', values.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(value => $"\"{value}\""));
        return $$$"""{"{{{op}}}":{"{{{name}}}":[{{{listed}}}]}}""";
    })];
}
