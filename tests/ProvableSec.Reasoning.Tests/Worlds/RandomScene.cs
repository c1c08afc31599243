using System.Text.RegularExpressions;
using CsCheck;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>
/// What the policies of one question speak of: a few real actions, resources of their types, and the keys of the whole key table, so that policies drawn
/// from one scene meet. Resources are of the home account, of others, and of AWS itself.
/// </summary>
internal sealed partial class RandomScene
{
    public const string Home = "111122223333", Neighbor = "444455556666", Outside = "777788889999";

    private static readonly string[] Accounts = [Home, Neighbor, Outside];

    /// <summary>Services whose own rules matter, each as often as all others together are.</summary>
    private static readonly string[] Services = ["s3", "kms", "iam", "sts", "ssm", "sns", "sqs", "ec2", "lambda", "dynamodb", "secretsmanager",
        "elasticfilesystem", "organizations", "logs"];

    private static readonly string[] OfOthers = ["s3:GetObject", "s3:PutBucketPolicy", "sts:AssumeRole", "sts:TagSession", "sts:AssumeRoleWithWebIdentity",
        "sts:GetCallerIdentity", "kms:Decrypt", "iam:PassRole", "iam:CreatePolicyVersion", "ec2:CopyImage", "events:PutEvents", "new:Action"];

    private static readonly string[] OfAws =
    [
        "arn:aws:ssm:us-east-1::parameter/aws/service/a", "arn:aws:ssm:*::parameter/aws/service/*", "arn:aws:ssm:us-east-1::document/AWS-Run",
            "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/*",
        "arn:aws:ec2:us-east-1::image/ami-1", "arn:aws:ec2:*::snapshot/*", "arn:aws:cloudformation:us-east-1:aws:transform/Serverless",
            "arn:aws:bedrock:us-east-1::foundation-model/a",
        "arn:aws:kms:us-east-1:111122223333:alias/aws/s3", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R",
            "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/R",

        // Multi-Region Access Points.
        "arn:aws:s3::111122223333:accesspoint/a.mrap", "arn:aws:s3::*:accesspoint/*",
    ];

    private static readonly string[] Principals =
    [
        "arn:aws:iam::111122223333:user/a", "arn:aws:iam::111122223333:user/team/*", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::*:role/team/*",
            "arn:aws:iam::111122223333:root", "arn:aws:iam::*:root",
        "arn:aws:iam::444455556666:*", "arn:aws:sts::111122223333:assumed-role/r/*", "arn:aws:sts::111122223333:federated-user/a",
            "arn:aws:iam::777788889999:role/r", "arn:aws:iam::*:role/aws-service-role/*", "*",
    ];

    private static readonly string[] Texts = ["a", "b", "A", "a*", "*", "a?", "*a", "${aws:username}", "${aws:PrincipalTag/a}"];

    private static readonly (string Part, string[] Values)[] ValuesOfKeys =
    [
        ("orgpaths", ["o-a/r-a/ou-a/", "o-a/r-a/*", "o-a/*", "o-b/*", "o-*/*"]),
        ("orgid", ["o-a", "o-b", "o-*", "${aws:PrincipalOrgID}", "${aws:ResourceOrgID}"]),
        ("account", [.. Accounts, "1111*", "*", "anonymous", "${aws:PrincipalAccount}", "${aws:ResourceAccount}"]),
        ("sourceowner", Accounts),
        ("principaltype", ["User", "AssumedRole", "Account", "FederatedUser", "Anonymous", "A*"]),
        ("userid", ["AIDAEXAMPLE", "AIDA*", "AROAEXAMPLE:a", "AROA*", "*:a", "111122223333", "111122223333:a", "anonymous"]),
        ("username", ["a", "first last", "team/a", "a*"]),
        ("servicename", ["sns.amazonaws.com", "lambda.amazonaws.com", "*.amazonaws.com"]),
        ("calledvia", ["athena.amazonaws.com", "cloudformation.amazonaws.com", "*.amazonaws.com"]),
        ("viaservice", ["s3.us-east-1.amazonaws.com", "s3.*.amazonaws.com", "ec2.us-east-1.amazonaws.com"]),
        ("region", ["us-east-1", "eu-west-1", "us-*"]),
        ("sourcevpce", ["vpce-1", "vpce-*"]),
        ("sourcevpc", ["vpc-1", "vpc-*"]),
        ("tagkeys", ["a", "b", "A"]),
    ];

    private static readonly string[] Truths = ["true", "false", "True"], Numbers = ["0", "1", "10", "3600", "1.5"],
        Dates = ["2026-01-01T00:00:00Z", "2027-06-01T00:00:00Z", "1830000000", "2020-01-01", "2030-01-01"],
        Addresses = ["203.0.113.0/24", "203.0.113.9", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32", "198.51.100.0/25"];

    private static readonly string[] TextOperators = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase"], ArnOperators = ["ArnLike", "ArnNotLike", "ArnEquals", "StringEquals", "StringLike", "StringNotLike"];

    private static readonly string[] AllServices = [.. ServiceCatalogue.Default.ServicePrefixes];

    private readonly string[] actions;
    private readonly string[] resources;
    private readonly ConditionKeyInfo[] ownKeys;

    private RandomScene(Service service, ServiceAction[] known)
    {
        Service = service.Prefix;
        actions = [.. known.Select(a => a.FullName)];
        string[] formats = [.. known.SelectMany(a => a.ResourceTypes).SelectMany(r => r.ResourceType.ArnFormats).Distinct(StringComparer.Ordinal)];
        resources = formats.Length > 0 ? formats : [$"arn:${{Partition}}:{service.Prefix}:${{Region}}:${{Account}}:thing/${{Name}}"];
        ConditionKeyInfo[] ofActions =
            [.. known.SelectMany(a => a.ConditionKeys.Concat(a.ResourceTypes.SelectMany(r => r.ConditionKeys.Concat(r.ResourceType.ConditionKeys))))
            .Distinct()];
        ownKeys = [.. ofActions, .. ofActions, .. service.ConditionKeys];
    }

    public string Service { get; }

    /// <summary>Any scene.</summary>
    public static Gen<RandomScene> Any { get; } =
        from prefix in Gen.Frequency((2, Gen.OneOf(Services)), (1, Gen.OneOf(AllServices)))
        from places in Gen.Int[0, 100_000].Array[4]
        let service = Known(prefix)
        select new RandomScene(service, [.. places.Select(p => service.Actions[p % service.Actions.Count]).Distinct()]);

    /// <summary>The name of an action, or a pattern of some.</summary>
    public Gen<string> Action => Gen.Frequency(
        (8, Gen.OneOf(actions)),
        (2, Gen.Const(Service + ":*")),
        (1, Gen.OneOf(actions).Select(a => a[..Math.Min(a.Length, a.IndexOf(':', StringComparison.Ordinal) + 4)] + "*")),
        (1, Gen.Const("*")),
        (2, Gen.OneOf(OfOthers)));

    /// <summary>A resource, or a pattern of some.</summary>
    public Gen<string> Resource => Gen.Frequency(
        (6, from format in Gen.OneOf(resources)
            from partition in Gen.Frequency((16, "aws"), (2, "*"), (1, "aws-cn"), (1, "aws-us-gov"))
            from region in Gen.Frequency((4, "us-east-1"), (3, "*"), (1, "eu-west-1"), (1, ""))
            from account in Gen.Frequency((6, Home), (2, Neighbor), (2, Outside), (3, "*"), (1, ""))
            from name in Gen.OneOf("a", "b", "*", "a*", "a/b", "${aws:username}")
            select Filled(format, partition, region, account, name)),
        (3, Gen.Const("*")),
        (2, Gen.OneOf(OfAws)));

    /// <summary>A condition on any key of the service or of the global ones.</summary>
    public Gen<RandomCondition> Condition =>
        from key in ownKeys.Length > 0 ? Gen.Frequency((2, Gen.OneOf(ownKeys)), (3, Gen.OneOf(Global))) : Gen.OneOf(Global)
        from condition in On(key)
        select condition;

    /// <summary>A statement without principal.</summary>
    public Gen<RandomStatement> Statement =>
        from deny in Gen.Frequency((2, false), (1, true))
        from notAction in Gen.Frequency((7, false), (1, true))
        from chosen in Action.Array[1, 3]
        from notResource in Gen.Frequency((7, false), (1, true))
        from places in Resource.Array[1, 2]
        from conditions in Gen.Frequency((2, Condition.Array[0, 0]), (4, Condition.Array[1, 1]), (2, Condition.Array[2, 2]))
        select new RandomStatement(deny, notAction, chosen, notResource, places, conditions);

    /// <summary>A policy of an identity, or one that limits.</summary>
    public Gen<RandomPolicy> Policy =>
        from statements in Statement.Array[1, 3]
        select new RandomPolicy(false, statements);

    /// <summary>A policy of a resource.</summary>
    public Gen<RandomPolicy> ResourcePolicy =>
        from statements in (
            from statement in Statement
            from principal in RandomPrincipal.Any
            select statement with { Principal = principal }).Array[1, 3]
        select new RandomPolicy(false, statements);

    /// <summary>A policy that differs from another in a place or two.</summary>
    public Gen<RandomPolicy> Near(RandomPolicy policy) =>
        from place in Gen.Int[0, 1000]
        let named = policy.Statements.Any(s => s.Principal is not null)
        from what in Gen.Int[0, named ? 9 : 7]
        from other in Statement
        from condition in Condition
        from principal in RandomPrincipal.Any
        from again in Gen.Frequency((2, false), (1, true))
        let changed = RandomPolicy.Change(policy, place, what, named ? other with { Principal = principal } : other, condition)
        from second in again ? Near(changed) : Gen.Const(changed)
        select second;

    private static ConditionKeyInfo[] Global { get; } = [.. ServiceCatalogue.Default.GlobalConditionKeys];

    private Gen<RandomCondition> On(ConditionKeyInfo key)
    {
        string name = Placeholder.Replace(key.Name, "a");
        string[]? own = ValuesOfKeys.FirstOrDefault(v => name.Contains(v.Part, StringComparison.OrdinalIgnoreCase)).Values;
        (string[] operators, Gen<string> value) = key.Type switch
        {
            ConditionKeyType.Bool => ((string[])["Bool"], Gen.OneOf(Truths)),
            ConditionKeyType.Numeric => (["NumericEquals", "NumericLessThan", "NumericGreaterThanEquals", "NumericNotEquals"], Gen.OneOf(Numbers)),
            ConditionKeyType.Date => (["DateLessThan", "DateGreaterThan", "DateEquals", "DateNotEquals"], Gen.OneOf(Dates)),
            ConditionKeyType.IpAddress => (["IpAddress", "NotIpAddress"], Gen.OneOf(Addresses)),
            ConditionKeyType.Arn => (ArnOperators, name.Equals("aws:PrincipalArn", StringComparison.OrdinalIgnoreCase) ? Gen.OneOf(Principals)
                : Gen.Frequency((3, Resource), (1, Gen.OneOf(Principals)))),
            _ => (TextOperators, own is null ? Gen.OneOf(Texts) : Gen.Frequency((6, Gen.OneOf(own)), (1, Gen.OneOf(Texts)))),
        };
        return
            from isNull in Gen.Frequency((8, false), (1, true))
            from op in Gen.OneOf(operators)
            from set in key.IsMultivalued ? Gen.OneOf("ForAllValues:", "ForAnyValue:") : Gen.Const("")
            from ifExists in Gen.Frequency((5, ""), (1, "IfExists"))
            from values in value.Array[1, 2]
            from truth in Gen.OneOf("true", "false")
            select isNull ? new RandomCondition("Null", name, [truth]) : new RandomCondition(set + op + ifExists, name, values);
    }

    /// <summary>The service, or where it has no actions, S3.</summary>
    private static Service Known(string prefix) => ServiceCatalogue.Default.TryGetService(prefix, out Service? service) && service.Actions.Count > 0 ? service
        : Known("s3");

    private static string Filled(string format, string partition, string region, string account, string name)
    {
        string known = format.Replace("${Partition}", partition, StringComparison.Ordinal).Replace("${Region}", region, StringComparison.Ordinal)
            .Replace("${Account}", account, StringComparison.Ordinal);
        return Placeholder.Replace(known, _ => name);
    }

    [GeneratedRegex(@"\$\{[^}]*\}|<[^>]*>")]
    private static partial Regex Placeholder { get; }
}
