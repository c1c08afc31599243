using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>A stack and a request, written from the caller's side, and the decision in one line of words.</summary>
internal sealed record Case
{
    public const string Account = "111122223333";
    public const string OtherAccount = "999988887777";
    public const string User = "arn:aws:iam::111122223333:user/team/alice";
    public const string Role = "arn:aws:iam::111122223333:role/reader";
    public const string Session = "arn:aws:sts::111122223333:assumed-role/reader/s1";
    public const string Federated = "arn:aws:sts::111122223333:federated-user/bob";
    public const string Root = "arn:aws:iam::111122223333:root";
    public const string Outsider = "arn:aws:iam::999988887777:user/eve";
    public const string Anonymous = "*";
    public const string Object = "arn:aws:s3:::b/k";
    public const string Queue = "arn:aws:sqs:eu-west-1:111122223333:q";
    public const string KmsKey = "arn:aws:kms:eu-west-1:111122223333:key/0a1b";
    public const string AllowAll = """{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}""";

    public PolicyStack Stack { get; init; } = PolicyStack.Empty;

    public required AccessRequest Request { get; init; }

    public static Case By(string principal, PrincipalKind? kind = null) => new()
    {
        Request = new AccessRequest(
            CallerPrincipal.TryParse(principal, kind, out string problem) ?? throw new ArgumentException(problem),
            "s3:GetObject",
            Object,
            null,
            []),
    };

    /// <summary>A caller who may do what one identity statement says.</summary>
    public static Case With(string statement) => By(User).Identity(statement);

    /// <summary>A caller whose permission hangs on one condition.</summary>
    public static Case If(string condition, string effect = "Allow") => With(Statement(condition, effect));

    public static string Statement(string condition, string effect = "Allow", string sid = "C") =>
        $$"""{"Sid":"{{sid}}","Effect":"{{effect}}","Action":"*","Resource":"*","Condition":{{condition}}}""";

    /// <summary>Everything is allowed but what one condition denies.</summary>
    public static Case DeniedIf(string condition) => By(User).Identity(AllowAll, Statement(condition, "Deny", "D"));

    public static PolicyDocument Policy(params string[] statements)
    {
        string json = statements is [var only] && only.Contains("\"Statement\"", StringComparison.Ordinal)
            ? only
            : Document(statements);
        PolicyDocument document = PolicyReader.Read(new DocumentText(json));
        Assert.False(document.HasErrors, string.Join("\n", document.Problems.Select(problem => problem.Message)));
        return document;
    }

    public Case Does(string action, string resource = "*") => this with { Request = Request with { Action = action, Resource = resource } };

    public Case On(string resource) => this with { Request = Request with { Resource = resource } };

    public Case OwnedBy(string account) => this with { Request = Request with { ResourceAccount = account } };

    public Case Key(string key, params string[] values) => this with
    {
        Request = Request with { Context = Request.Context.Add(new ContextEntry(key, key.ToLowerInvariant(), [.. values])) },
    };

    public Case Identity(params string[] statements) => this with { Stack = Stack with { IdentityPolicies = [Policy(statements)] } };

    public Case Boundary(params string[] statements) => this with { Stack = Stack with { PermissionsBoundary = Policy(statements) } };

    public Case SessionPolicy(params string[] statements) => this with { Stack = Stack with { SessionPolicies = [Policy(statements)] } };

    public Case EmptySession() => this with { Stack = Stack with { SessionPolicies = ImmutableArray<PolicyDocument>.Empty } };

    public Case Resource(params string[] statements) => this with { Stack = Stack with { ResourcePolicy = Policy(statements) } };

    public Case Endpoint(params string[] statements) => this with { Stack = Stack with { VpcEndpointPolicies = [Policy(statements)] } };

    /// <summary>A policy a level, from the root to the account; an empty text is a level with nothing attached.</summary>
    public Case Scp(params string[] levels) => this with { Stack = Stack with { ServiceControlPolicies = Levels(levels) } };

    public Case Rcp(params string[] levels) => this with { Stack = Stack with { ResourceControlPolicies = Levels(levels) } };

    public Case InOrganization(string? management = null, params string[] members) => this with
    {
        Stack = Stack with
        {
            Organization = new Organization("o-a1", management, members.ToImmutableDictionary(account => account, _ => "o-a1/r-1/ou-1-x/")),
        },
    };

    public Decision Decide(Reading readings = Reading.None) => Evaluator.Decide(Stack, Request, readings);

    public bool Allowed(Reading readings = Reading.None) => Decide(readings).IsAllowed;

    /// <summary>The decision as a user would tell it: <c>allowed by A</c>, <c>denied by D at layer</c>, <c>blocked at layer though A allows</c>.</summary>
    public string Told(Reading readings = Reading.None)
    {
        Decision decision = Decide(readings);
        string by = string.Join(", ", decision.By.Select(one => one.Statement.Sid));
        string at = string.Join(", ", decision.BlockedBy.Select(PolicySlot.NameOf));
        return decision.Reason switch
        {
            DecisionReason.Allowed => by.Length == 0 ? "allowed" : $"allowed by {by}",
            DecisionReason.ExplicitDeny => $"denied by {by} at {at}",
            _ => by.Length == 0 ? $"blocked at {at}" : $"blocked at {at} though {by} allows",
        };
    }

    /// <summary>Asserts what both readings of a disputed point say, and that the point is reported under both.</summary>
    public void Differs(Reading reading, bool byDefault)
    {
        Decision usual = Decide(), other = Decide(reading);
        Assert.Equal(byDefault, usual.IsAllowed);
        Assert.Equal(!byDefault, other.IsAllowed);
        Assert.Equal(reading, usual.ReadingsUsed & reading);
        Assert.Equal(reading, other.ReadingsUsed & reading);
    }

    private static ImmutableArray<ImmutableArray<PolicyDocument>> Levels(string[] levels) =>
        [.. levels.Select(level => level.Length == 0 ? ImmutableArray<PolicyDocument>.Empty : [Policy(level)])];
}
