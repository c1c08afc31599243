using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Witnesses;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Access for outsiders, shown by a request that gets through (<see cref="Question.NoPublicAccess"/>).</summary>
internal sealed class PublicAccessCheck() : PolicyCheck(new Rule(
    "PSEC2001",
    "Public access",
    RuleSeverity.Error,
    "A principal whom the policy does not name, and whose organization it does not name, gets access; the finding shows a request that is allowed.",
    "Name the principals, or add a condition that untrusted callers cannot meet: aws:PrincipalOrgID, aws:SourceVpce, aws:SourceArn.",
    732)
{
    Reference = new("Blocking public access to your Amazon S3 storage, \"The meaning of public\"",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"),
    Controls = ControlMapping.Outsiders,
})
{
    private const int MostConditions = 2;

    // Of API Gateway's resources a policy of an API is about methods and not about domain names.
    private static readonly FieldPattern Method = FieldPattern.Literal("arn:aws:execute-api:us-east-1:111122223333:a1b2c3d4e5/prod/GET/items");

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        // Without a zone, only a statement that names everybody, by a star or by what it leaves out, can let an outsider in.
        TrustZone zone = policy.Context.Zone;
        if (policy.Type is not (PolicyType.Resource or PolicyType.Trust)
            || !policy.Statements.Any(statement => statement.IsAllow && statement.Principal is { } principal
                && (zone.IsGiven || principal.IsNot || principal.Entries.Any(IsOpen)))
            || ProvableText.Of(policy, UnknownResource.Named) is not { } named)
        {
            return;
        }

        Answer? found = Plainest(policy, named);
        string onlyExample = "";
        if (found is null && UnknownText.IsIn(policy.Root.Document.Source.Text) && ProvableText.Of(policy, UnknownResource.Widest) is { } widest)
        {
            found = Plainest(policy, widest);
            onlyExample = " (known only at deployment)";
        }

        if (found is { Witness: { } witness } answer)
        {
            Statement? allowing = answer.Because.Select(because => because.Statement).FirstOrDefault(statement => statement is { Effect: Effect.Allow });
            CheckedStatement? open = allowing is null ? null : policy.Statements.FirstOrDefault(statement => statement.Index == allowing.Index);
            JsonItem at = open?.Principal is { } principal
                ? principal.IsNot ? principal.Property.NameElement : principal.Entries.FirstOrDefault(IsOpen)?.Value.Element ?? principal.Property.Value
                : policy.Root;
            AccessRequest request = witness.Request;
            string who = request.Principal.Kind == PrincipalKind.Anonymous ? "without signing the request"
                : $"for example as {CheckedText.Quoted(request.Principal.Name)}";
            findings.Add(at, $"anyone may call {request.Action} on {CheckedText.Quoted(request.Resource)}{onlyExample}, {who}{Conditions(open, request)}",
                witness);
        }
    }

    /// <summary>What the request has because the statement asks for it; nothing where it asks for nothing.</summary>
    private static string Conditions(CheckedStatement? open, AccessRequest request)
    {
        string[] met = [.. (open?.Conditions ?? []).Select(condition => condition.Key).Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(key => request.Context.Where(entry => entry.Values.Length > 0 && string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase)))
            .Take(MostConditions).Select(entry => $"{entry.Key} is {CheckedText.Quoted(entry.Values[0])}")];
        return met.Length == 0 ? "" : $", when {string.Join(" and ", met)}";
    }

    /// <summary>
    /// Any outsider would do; the plainest one makes the point best: nobody in particular where the service answers unsigned requests, or else a user of some
    /// account. Nobody assumes a role anonymously.
    /// </summary>
    private static Answer? Plainest(CheckedPolicy policy, PolicyDocument document)
    {
        if (policy.Context.PublicResources.Count > 0)
        {
            document = document.Where(statement => statement.Effect == Effect.Deny || !IsMeantToBePublic(policy.Statements[statement.Index]));
        }

        Query query = ProvableText.Ask(Question.NoPublicAccess, document, policy.Type) with { Zone = policy.Context.Zone };
        Answer? unsigned = null;
        foreach (PrincipalKind? kind in policy.Type == PolicyType.Trust ? [PrincipalKind.User, null]
            : (PrincipalKind?[])[PrincipalKind.Anonymous, PrincipalKind.User, null])
        {
            if (policy.Proved.Answer(query with { Request = new RequestPattern { PrincipalType = kind } }) is
                {
                    Verdict: Verdict.Violated,
                    Witness: { } witness
                } answer)
            {
                if (policy.Context.ResourceType == "AWS::ApiGateway::RestApi"
                    && policy.Proved.Answer(query with { Request = new RequestPattern { PrincipalType = kind, Resource = Method } })
                        is { Verdict: Verdict.Violated, Witness: not null } usual)
                {
                    answer = usual;
                }

                if (kind != PrincipalKind.Anonymous || AnonymousCalls.Exist(witness.Request.Action))
                {
                    return answer;
                }

                unsigned = answer;
            }
        }

        return unsigned;
    }

    /// <summary>Whatever stands where the text is not known, a pattern must cover it.</summary>
    private static bool IsMeantToBePublic(CheckedStatement statement) => statement is { Resource: { IsNot: false, Items.Count: > 0 } resources }
        && resources.Items.All(item => statement.Policy.Context.PublicResources.Any(pattern =>
            GlobText.Covers(pattern, UnknownText.Filled(item.Text, "*"), foldCase: false)));

    /// <summary>A federated principal is everybody whom the provider knows.</summary>
    private static bool IsOpen(CheckedPrincipal principal) => principal is { Value.Text: "*" } or { Kind: "Federated" };
}
