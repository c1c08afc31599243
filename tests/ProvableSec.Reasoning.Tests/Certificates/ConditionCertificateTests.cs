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
                "StringNotEquals", "StringEquals a|b", "StringNotEquals a|b", "Null true", "Null false", "Null", "Null true|false",
                    "StringEquals ${aws:username}",
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
            "addresses", Of("aws:SourceIp", "IpAddress 10.0.0.0/8", "IpAddress 10.1.0.0/16", "NotIpAddress 10.0.0.0/8", "IpAddress 10.1.2.3",
                "IpAddress 10.1.2.3/32",
                "NotIpAddress 10.1.2.3", "IpAddress 2001:db8::1", "IpAddress 2001:db8::/32", "NotIpAddress 2001:db8::1", "NotIpAddress 2001:db8::/128",
                    "IpAddress x",
                "NotIpAddress x", "NotIpAddress 10.0.0.0/8|x", "NotIpAddress 10.0.0.0/33", "IpAddress 0.0.0.0/0", "IpAddress ::/0",
                    "IpAddress 0.0.0.0/1|128.0.0.0/1",
                "IpAddressIfExists 10.0.0.0/8", "Null true")
        },
        {
            "names", Of("aws:SourceArn", "ArnEquals arn:aws:s3:::b", "ArnLike arn:aws:s3:::b*", "ArnNotLike arn:aws:s3:::b*", "ArnLike arn:aws:*:*:*:b",
                "ArnLike arn:aws:s3*", "ArnNotEquals arn:aws:s3", "ArnLike *", "StringLike arn:aws:s3:::b*", "StringEquals arn:aws:s3:::b",
                "ArnLikeIfExists arn:aws:s3:::b", "Null true", "ArnLike arn:aws:s?:::b")
        },
    };

    /// <summary>Conditions on what follows from who calls and from where.</summary>
    private static readonly string[] OfCallers = Of("aws:PrincipalAccount", "StringEquals 111122223333", "StringEquals x", "StringEquals anonymous",
        "Null true",
        "aws:PrincipalType StringEquals User", "aws:PrincipalType StringEquals AssumedRole", "aws:PrincipalType StringEquals x", "aws:PrincipalType Null true",
        "aws:PrincipalArn ArnLike arn:aws:iam::111122223333:user/*", "aws:PrincipalArn ArnLike arn:aws:iam::444455556666:role/*",
            "aws:PrincipalArn StringLike x*",
        "aws:PrincipalArn Null true", "aws:userid StringLike AIDA*", "aws:userid StringLike AROA*:*", "aws:userid StringEquals 111122223333",
            "aws:userid Null true",
        "aws:username StringEquals a", "aws:username Null true", "aws:PrincipalIsAWSService Bool true", "aws:PrincipalIsAWSService Null true",
        "aws:PrincipalServiceName StringEquals sns.amazonaws.com", "aws:PrincipalServiceName StringEquals x", "aws:PrincipalServiceName Null true",
        "aws:PrincipalOrgID StringEquals o-a1b2c3d4e5", "aws:PrincipalOrgID Null true", "aws:PrincipalOrgPaths ForAnyValue:StringLike o-a1b2c3d4e5/*",
        "aws:PrincipalOrgPaths Null true", "aws:TokenIssueTime DateGreaterThan 2020", "aws:TokenIssueTime Null true", "aws:MultiFactorAuthPresent Bool false",
        "aws:MultiFactorAuthAge NumericLessThan 10", "aws:MultiFactorAuthPresent Null true", "aws:ViaAWSService Bool false",
            "aws:CalledViaFirst StringEquals x",
        "aws:CalledViaLast Null true", "aws:CalledVia ForAnyValue:StringEquals x", "aws:SourceIp IpAddress 10.0.0.0/8", "aws:SourceIp Null true",
        "aws:SourceVpc StringEquals vpc-1", "aws:SourceVpce Null true", "aws:VpcSourceIp IpAddress 10.0.0.0/8", "aws:SourceAccount StringEquals 111122223333",
        "aws:SourceArn ArnLike arn:aws:s3:::b", "aws:PrincipalTag/a StringEquals b", "aws:SourceIdentity Null false", "aws:FederatedProvider Null false");

    /// <summary>Conditions on what follows from the resource and its owner.</summary>
    private static readonly string[] OfResources = Of("aws:ResourceAccount", "StringEquals 111122223333", "StringEquals x", "Null true",
        "StringNotEquals 111122223333",
        "aws:ResourceOrgID StringEquals o-a1b2c3d4e5", "aws:ResourceOrgID Null true", "aws:ResourceOrgPaths ForAnyValue:StringLike o-a1b2c3d4e5/*",
        "aws:ResourceOrgPaths Null true", "s3:ResourceAccount StringEquals 111122223333", "s3:ResourceAccount Null true",
            "kms:CallerAccount StringEquals 111122223333",
        "kms:CallerAccount Null true", "aws:PrincipalAccount StringEquals 111122223333", "aws:ResourceTag/a StringEquals b", "s3:ResourceTag/a StringEquals b",
        "s3:ResourceTag/a Null true", "aws:RequestTag/a StringEquals b", "aws:TagKeys ForAnyValue:StringEquals a", "aws:TagKeys Null true");

    [Theory]
    [InlineData("", 41)]
    [InlineData("anonymous", 0)]
    [InlineData("root", 0)]
    [InlineData("user", 0)]
    [InlineData("role", 0)]
    [InlineData("assumed-role", 0)]
    [InlineData("federated-user", 3)]
    [InlineData("service", 4)]
    public void What_a_caller_carries_is_told_alike(string kind, int less)
    {
        string[] others = kind.Length == 0 ? [.. OfCallers.Where((_, i) => i % 3 == 0)] : [Null("made:Up")];
        string more = $$""","type":"resource" {{(kind.Length == 0 ? "" : $$""","request":{"principalType":"{{kind}}"}""")}}""";
        AssertAlike(OfCallers, others, (one, other) =>
            $$"""{"question":"can","policy":{{Document(Of("Allow", "*", one), Of("Deny", "*", other))}}{{more}}}""", less);
    }

    [Theory]
    [InlineData("s3:GetObject")]
    [InlineData("kms:Decrypt")]
    public void What_a_resource_brings_is_told_alike(string action) => AssertAlike(OfResources, [.. OfResources.Where((_, i) => i % 3 == 0)], (one, other) =>
        $$"""{"question":"can","policy":{{Document(Of("Allow", action, one), Of("Deny", action, other))}},"type":"resource"}""", less: 1);

    [Theory]
    [MemberData(nameof(Families))]
    public void The_checker_says_what_the_prover_says(string family, string[] conditions)
    {
        Assert.NotEqual("", family);
        AssertAlike(conditions, conditions, (one, other) => $$"""{"question":"can","policy":{{Document(Allow(one), Deny(other))}}}""", less: 0);
    }

    /// <summary>Nothing possible is ever certified to be impossible; and of what is impossible, the checker does not know as many pairs as are told.</summary>
    private static void AssertAlike(string[] ones, string[] others, Func<string, string, string> queryOf, int less)
    {
        int possible = 0, impossible = 0;
        List<string> told = [], unknown = [];
        foreach (string allows in ones)
        {
            foreach (string denies in others)
            {
                string query = queryOf(allows, denies);
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
                    (result.Reason.EndsWith("do not suffice", StringComparison.Ordinal) && !isPossible ? unknown : told)
                        .Add($"{allows} but not {denies}: {(isPossible ? "possible" : "impossible")}, yet {result.Reason}");
                }

                (possible, impossible) = isPossible ? (possible + 1, impossible) : (possible, impossible + 1);
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
        Assert.True(unknown.Count == less, $"{unknown.Count} instead of {less}:\n{string.Join('\n', unknown)}");
        Assert.True(possible > 0 && impossible > 0, $"{possible} possible, {impossible} not");
    }

    private static string Of(string effect, string action, string condition) =>
        $$"""{"Effect":"{{effect}}","Principal":"*","Action":"{{action}}","Resource":"*","Condition":{{condition}}}""";

    private static string Null(string key) => $$$"""{"Null":{"{{{key}}}":["true"]}}""";

    private static string[] Of(string key, params string[] conditions) => [.. conditions.Select(condition =>
    {
        string[] words = condition.Split(' ');
        (string name, string op, string values) = words.Length == 3 ? (words[0], words[1], words[2]) : (key, words[0], words.Length > 1 ? words[1] : "");
        string listed = string.Join(',', values.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(value => $"\"{value}\""));
        return $$$"""{"{{{op}}}":{"{{{name}}}":[{{{listed}}}]}}""";
    })];
}
