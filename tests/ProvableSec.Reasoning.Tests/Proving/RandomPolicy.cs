using System.Text;
using CsCheck;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// A policy as it was drawn. The alphabets are tiny, so that patterns overlap, and hold every odd shape that the language has:
/// the prover and the evaluator, which share no matching code, are compared on it.
/// </summary>
internal sealed record RandomPolicy(bool Old, RandomStatement[] Statements)
{
    private static readonly Gen<string> Actions = Gen.OneOf(
        "*", "a:*", "a:b", "A:B*", "a:*b", "a:b?", "a:c", "*:b", "?:b", "b:*", "b:b", "**", "a:b*c", "a:?c", "s3:GetObject", "s3:Get*", "s3:PutObject",
            "sts:AssumeRole", "sts:*", "kms:Decrypt");

    private static readonly Gen<string> Resources = Gen.OneOf(
        "*", "*", "**", "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::*", "arn:aws:s3:::b*c", "arn:aws:s3:::b?c", "arn:aws:s3:::b:c", "arn:aws:s3:::*b*",
            "arn:aws:s3:::b*:c",
        "arn:aws:*:::b", "arn:aws:s?:::b*", "arn:aws:s3*", "arn:*", "arn:aws:s3:*", "arn:*:s3:*:*:b*", "arn:aws:s3:*:111122223333:b",
            "arn:*:*:*:111111111111:*", "arn:aws:s3:e?:111122223333:b*",
        "arn:aws-cn:s3:::b", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:role/*", "arn:aws:kms:e:111122223333:key/k",
            "arn:aws:iam::111122223333:user/${aws:username}",
        "arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::b/${a:k,'c'}", "arn:aws:s3:::${aws:PrincipalAccount}", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b*${a:k}",
            "arn:aws:s3:::${aws:TagKeys,'b'}");

    private static readonly string[] Texts = ["", "a", "b", "A", "B", "ab", "a*", "*", "?", "*a", "a?b", "*b*", "k", "K", "a:b", "a:*", "${*}", "a${*}"];
    private static readonly string[] WithVariables = ["${aws:username}", "${a:k}", "${a:k,'b'}", "${aws:username}*", "x${aws:TagKeys}", "${aws:TagKeys,'a'}",
        "${a:l}${a:k}", "${aws:PrincipalAccount}"];
    private static readonly string[] Arns =
    [
        "arn:aws:iam::111122223333:user/a", "arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:role/*", "arn:*", "*", "arn:aws:*::111122223333:*",
            "arn:aws:i?m::111122223333:user/a*b",
        "arn:aws:iam::111122223333:*:a", "arn:aws:iam:*", "arn:aws:iam::111111111111:user/*", "arn:*:iam::1*:user/?", "a",
    ];

    private static readonly string[] Numbers = ["0", "-0", "1", "1.0", "2", "1.5", "-1", "+1", ".5", "1.", ".", "1e1", "x", "", " 1",
        "0.00000000000000000000000000000000001", "100000000000000000000000000000000001", "100000000000000000000000000000000002"];
    private static readonly string[] Dates =
    [
        "2024-01-01", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00", "2024-01", "2024", "1704067200", "1704067199", "2024-01-01T00:00:00.5Z",
            "2024-01-01T00:00:00.00000000001Z", "2024-01-01T23:00:00+23:00", "2023-12-31T23:59Z",
        "x", "", "0000-01-01", "99999999999999999", "-1", "9999-12-31T23:59:59Z", "2023-02-29", "02024-01-01", "2024-01-01t00:00:00Z",
    ];

    private static readonly string[] Addresses =
    [
        "10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.1.2.3/9", "10.0.0.1", "0.0.0.0/0", "255.255.255.255", "010.0.0.1", "10.0.0.0/33", "10.0.0.0/008",
            "10.0.0.0/0008", "10.0.0", "x", "",
        "2001:db8::/32", "2001:db8::1", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "::/0", "::", "1::2::3", "::ffff:10.0.0.1", "1:2:3:4:5:6:7::", "0x1::",
            "2001:db8::g", "::1%1", "2001:0db8::1", "2001:00db8::1",
    ];

    private static readonly string[] Truths = ["true", "false", "TRUE", "x", "", "${a:k}", "${a:k,'true'}", "t${a:k}"];
    private static readonly string[] Bytes = ["QUI=", "QUJ=", "QUJD", "", "QQ ==", "QQ==", "x", "====", "QUI"];
    private static readonly string[] Tests = ["true", "false", "True"];

    private static readonly string[] TextOperators = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
        "StringNotLike", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"];
    private static readonly string[] NumericOperators = ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
        "NumericGreaterThanEquals"];
    private static readonly string[] DateOperators = ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals"];
    private static readonly string[] TextKeys = ["a:k", "a:k", "A:K", "a:l", "a:m", "aws:TagKeys", "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:username",
        "aws:PrincipalType", "aws:PrincipalAccount", "aws:userid", "aws:RequestTag/a", "aws:ResourceTag/a", "aws:RequestedRegion", "s3:prefix",
        "aws:ResourceAccount"];

    private static readonly Gen<RandomCondition> Conditions = Gen.Frequency(
        (6, Condition(TextOperators, TextKeys, [.. Texts, .. Texts, .. WithVariables])),
        (2, Condition(TextOperators, ["a:k", "a:m"], Texts)),
        (2, Condition(TextOperators, ["aws:PrincipalArn", "a:arn", "aws:PrincipalArn", "a:arns"], [.. Arns, "arn:aws:iam::111122223333:user/${aws:username}"])),
        (2, Condition(NumericOperators, ["a:n", "a:ns", "s3:max-keys", "aws:MultiFactorAuthAge"], Numbers)),
        (2, Condition(DateOperators, ["a:d", "a:ds", "aws:CurrentTime", "aws:TokenIssueTime"], Dates)),
        (2, Condition(["IpAddress", "NotIpAddress"], ["aws:SourceIp", "a:ip", "a:ips"], Addresses)),
        (2, Condition(["Bool"], ["aws:SecureTransport", "a:t", "a:ts", "aws:MultiFactorAuthPresent"], Truths)),
        (1, Condition(["BinaryEquals"], ["a:bin", "a:bins"], Bytes)),
        (2, Condition(["Null"], [.. TextKeys, "aws:PrincipalArn", "a:n", "a:t"], Tests)),
        (1, Condition(["StringEquals", "StringNotEquals", "StringLike", "ArnLike"],
            ["aws:SecureTransport", "aws:ViaAWSService", "aws:CurrentTime", "aws:SourceIp", "s3:max-keys", "aws:SourceArn", "aws:SourceVpcArn",
                "aws:VpceAccount"],
            ["true", "x", "1", "10.0.0.1", "2024-01-01", "arn:aws:sns:e:111122223333:t", "111122223333", "*"])),
        (1, Condition(["StringEquals", "NumericEquals", "Bool", "IpAddress", "DateLessThan", "StringIs", "StringNotLike"], ["a:x", "a:k"],
            ["1", "true", "10.0.0.1", "a", "2024"])));

    private static readonly string[] Accounts = ["111122223333", "444455556666", "1111*", "*", "anonymous", ""];

    /// <summary>Conditions on keys that follow from who asks, from whose the resource is, or from the way the request comes.</summary>
    private static readonly Gen<RandomCondition> LinkedConditions = Gen.Frequency(
        (4, Condition(TextOperators, ["aws:PrincipalArn"], ["arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:role/team/r",
            "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:federated-user/a", "arn:aws:iam::*:root",
            "arn:aws:*::111122223333:*", "arn:aws:iam::*:role/aws-service-role/*", "*"])),
        (4, Condition(TextOperators, ["aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount"],
            [.. Accounts, "${aws:PrincipalAccount}", "${aws:ResourceAccount}"])),
        (3, Condition(TextOperators, ["aws:PrincipalOrgID", "aws:ResourceOrgID"],
            ["o-a", "o-b", "o-*", "O-A", "${aws:PrincipalOrgID}", "${aws:ResourceOrgID}"])),
        (2, Condition(TextOperators, ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths"], ["o-a/r-a/ou-a/", "o-a/r-a/ou-b/", "o-a/*", "o-a/r-a/*", "o-*/*"])),
        (2, Condition(TextOperators, ["aws:PrincipalType"], ["User", "AssumedRole", "Account", "FederatedUser", "Anonymous", "A*", "user"])),
        (2, Condition(TextOperators, ["aws:userid"], ["anonymous", "111122223333", "111122223333:a", "*:a", "AROAEXAMPLE:*", "AIDAEXAMPLE", "1*"])),
        (2, Condition(TextOperators, ["aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"],
            ["lambda.amazonaws.com", "*.amazonaws.com", "s3.amazonaws.com"])),
        (2, Condition(["Bool"], ["aws:PrincipalIsAWSService", "aws:ViaAWSService", "aws:MultiFactorAuthPresent"], ["true", "false", "x"])),
        (2, Condition(TextOperators, ["aws:SourceVpce", "aws:SourceVpc", "aws:PrincipalTag/a"], ["vpce-1", "vpce-*", "*", "a"])),
        (2, Condition(["ArnLike", "ArnEquals", "StringEquals", "StringLike", "ArnNotLike"], ["aws:SourceArn"],
            ["arn:aws:s3:::b", "arn:aws:*:*:111122223333:*", "arn:aws:s3:::*", "arn:aws:sns:*:444455556666:t", "arn:aws:*:*:*:*"])),
        (2, Condition(["IpAddress", "NotIpAddress"], ["aws:SourceIp"],
            ["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/7", "203.0.113.0/24", "2001:db8::/32", "2001::/16", "0.0.0.0/0"])),
        (2, Condition(["Null"], ["aws:PrincipalArn", "aws:PrincipalOrgID", "aws:SourceIp", "aws:SourceVpce", "aws:SourceAccount", "aws:username",
            "aws:TokenIssueTime", "aws:ResourceOrgPaths", "aws:userid", "aws:PrincipalServiceName"], Tests)));

    private static readonly Gen<RandomStatement> Statement =
        from deny in Gen.Frequency((2, false), (1, true))
        from notAction in Gen.Frequency((5, false), (1, true))
        from actions in Gen.Frequency((20, Actions.Array[1, 3]), (1, Actions.Array[0, 0]))
        from notResource in Gen.Frequency((4, false), (1, true))
        from resources in Gen.Frequency((20, Resources.Array[1, 2]), (1, Resources.Array[0, 0]))
        from conditions in Gen.Frequency((3, Conditions.Array[0, 0]), (4, Conditions.Array[1, 1]), (3, Conditions.Array[2, 3]))
        select new RandomStatement(deny, notAction, actions, notResource, resources, conditions);

    /// <summary>Any policy.</summary>
    public static Gen<RandomPolicy> Any { get; } =
        from old in Gen.Frequency((9, false), (1, true))
        from statements in Statement.Array[1, 4]
        select new RandomPolicy(old, statements);

    /// <summary>A policy of a resource, or of a VPC endpoint: its statements name principals, all but a few.</summary>
    public static Gen<RandomPolicy> OfResource { get; } = Named(Statement,
        Gen.Frequency((12, RandomPrincipal.Any.Select(p => (RandomPrincipal?)p)), (1, Gen.Const((RandomPrincipal?)null))));

    /// <summary>A trust policy.</summary>
    public static Gen<RandomPolicy> OfRole { get; } = Named(
        from statement in Statement
        from actions in Gen.OneOf("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:*", "*", "sts:TagSession").Array[1, 2]
        select statement with { IsTrust = true, NotAction = false, Actions = actions },
        RandomPrincipal.Any.Select(p => (RandomPrincipal?)p));

    /// <summary>A key policy.</summary>
    public static Gen<RandomPolicy> OfKey { get; } = Named(
        from statement in Statement
        from actions in Gen.OneOf("kms:Decrypt", "kms:*", "*", "kms:CreateGrant").Array[1, 2]
        select statement with { Actions = actions, NotResource = false, Resources = ["*"] },
        RandomPrincipal.Any.Select(p => (RandomPrincipal?)p));

    /// <summary>A resource control policy.</summary>
    public static Gen<RandomPolicy> OfResourceControl { get; } = Named(
        from statement in Statement
        from deny in Gen.Frequency((6, true), (1, false))
        from actions in Gen.OneOf("s3:*", "s3:GetObject", "sts:*", "kms:*", "*", "kms:RetireGrant", "a:b").Array[1, 2]
        select statement with { Deny = deny, NotAction = false, Actions = actions },
        Gen.Frequency((8, Gen.Const((RandomPrincipal?)RandomPrincipal.Everyone)), (1, RandomPrincipal.Any.Select(p => (RandomPrincipal?)p)),
            (1, Gen.Const((RandomPrincipal?)null))));

    /// <summary>A policy without principals that asks who and where one is.</summary>
    public static Gen<RandomPolicy> OfCaller { get; } = Named(Statement,
        Gen.Frequency((12, Gen.Const((RandomPrincipal?)null)), (1, RandomPrincipal.Any.Select(p => (RandomPrincipal?)p))));

    /// <summary>A policy that differs from another in a place or two: what a change of a policy looks like, and what most often nearly holds.</summary>
    public static Gen<RandomPolicy> Near(RandomPolicy policy) =>
        from place in Gen.Int[0, 1000]
        from what in Gen.Int[0, policy.Statements.Any(s => s.Principal is not null) ? 9 : 7]
        from other in Statement
        from condition in Conditions
        from linked in LinkedConditions
        from principal in RandomPrincipal.Any
        from again in Gen.Frequency((2, false), (1, true))
        let named = policy.Statements.Any(s => s.Principal is not null)
        let changed = Change(policy, place, what, named ? other with { Principal = principal, IsTrust = policy.Statements[0].IsTrust } : other, named
            && place % 2 == 0 ? linked : condition)
        from second in again ? Near(changed) : Gen.Const(changed)
        select second;

    public PolicyDocument Read()
    {
        string json = ToString();
        PolicyDocument document = PolicyReader.Read(new DocumentText(json));
        Assert.False(document.HasErrors, json + "\n" + string.Join("\n", document.Problems.Where(p => p.IsError).Select(p => p.Message)));
        return document;
    }

    /// <summary>The same without policy variables, which couple two keys and so make a question of another kind.</summary>
    public RandomPolicy WithoutVariables() => this with
    {
        Statements = [.. Statements.Select(s => s with
        {
            Resources = [.. s.Resources.Select(Bare)],
            Conditions = [.. s.Conditions.Select(c => c with { Values = [.. c.Values.Select(Bare)] })],
        })],
    };

    private static string Bare(string text) => text.IndexOf("${a", StringComparison.Ordinal) is var at and >= 0 ? string.Concat(text.AsSpan(0, at), "a") : text;

    /// <summary>Every policy that says a little less.</summary>
    public IEnumerable<RandomPolicy> Smaller()
    {
        foreach (RandomStatement[] fewer in RandomStatement.Without(Statements))
        {
            yield return this with { Statements = fewer };
        }

        for (int i = 0; i < Statements.Length; i++)
        {
            foreach (RandomStatement smaller in Statements[i].Smaller())
            {
                RandomStatement[] statements = [.. Statements];
                statements[i] = smaller;
                yield return this with { Statements = statements };
            }
        }
    }

    public override string ToString()
    {
        var json = new StringBuilder();
        json.Append(Old ? "{\"Statement\":[" : "{\"Version\":\"2012-10-17\",\"Statement\":[");
        for (int i = 0; i < Statements.Length; i++)
        {
            json.Append(i > 0 ? "," : "");
            Statements[i].Write(json);
        }

        return json.Append("]}").ToString();
    }

    /// <summary>A policy of statements that name principals, or do not, with conditions of either kind.</summary>
    private static Gen<RandomPolicy> Named(Gen<RandomStatement> statement, Gen<RandomPrincipal?> principal) =>
        from old in Gen.Frequency((14, false), (1, true))
        from statements in (
            from one in statement
            from who in principal
            from linked in Gen.Frequency((3, LinkedConditions.Array[0, 0]), (4, LinkedConditions.Array[1, 1]), (1, LinkedConditions.Array[2, 2]))
            from only in Gen.Frequency((2, true), (1, false))
            select one with { Principal = who, Conditions = only ? linked : [.. linked, .. one.Conditions.Take(1)] }).Array[1, 3]
        select new RandomPolicy(old, statements);

    private static Gen<RandomCondition> Condition(string[] operators, string[] keys, string[] values) =>
        from op in Gen.OneOf(operators)
        from set in Gen.Frequency((5, ""), (1, "ForAllValues:"), (1, "ForAnyValue:"))
        from ifExists in Gen.Frequency((4, ""), (1, "IfExists"))
        from key in Gen.OneOf(keys)
        from count in Gen.Frequency((1, 0), (12, 1), (8, 2), (3, 3))
        from chosen in Gen.OneOf(values).Array[count]
        select new RandomCondition(op == "Null" ? set + op : set + op + ifExists, key, chosen);

    /// <summary>One change of a policy: which, and where, is said by two numbers.</summary>
    public static RandomPolicy Change(RandomPolicy policy, int place, int what, RandomStatement other, RandomCondition condition)
    {
        if (policy.Statements.Length == 0)
        {
            return policy with { Statements = [other] };
        }

        int at = place % policy.Statements.Length;
        RandomStatement statement = policy.Statements[at];
        RandomStatement[] statements = [.. policy.Statements];
        switch (what)
        {
            case 0:
                return policy with { Statements = [.. statements, other] };
            case 1:
                return policy with { Statements = [.. statements[..at], .. statements[(at + 1)..]] };
            case 2:
                statements[at] = statement with { Conditions = [.. statement.Conditions, condition] };
                break;
            case 3 when statement.Conditions.Length > 0:
                statements[at] = statement with { Conditions = statement.Conditions[1..] };
                break;
            case 4 when statement.Conditions.Length > 0 && !statement.Conditions[0].Operator.EndsWith("Null", StringComparison.Ordinal):
                statements[at] =
                    statement with
                    {
                        Conditions = [statement.Conditions[0] with { Values = [.. statement.Conditions[0].Values, .. condition.Values] },
                    .. statement.Conditions[1..]]
                    };
                break;
            case 5:
                statements[at] = statement with { Actions = [.. statement.Actions, .. other.Actions] };
                break;
            case 6:
                statements[at] = statement with { Resources = [.. statement.Resources, .. other.Resources] };
                break;
            case 8:
                statements[at] = statement with { Principal = other.Principal };
                break;
            case 9 when statement.Principal is { } principal:
                statements[at] =
                    statement with
                    {
                        Principal = principal with
                        {
                            Entries =
                    [.. principal.Entries.Where(e => e.Kind.Length > 0), .. other.Principal!.Entries.Where(e => e.Kind.Length > 0)]
                        }
                    };
                break;
            default:
                statements[at] = statement with { Actions = other.Actions, NotAction = other.NotAction };
                break;
        }

        return policy with { Statements = statements };
    }
}
