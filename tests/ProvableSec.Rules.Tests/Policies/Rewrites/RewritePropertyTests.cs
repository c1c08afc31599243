using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.Rules.Tests.Policies.Rewrites;

/// <summary>What a rewrite says of the policy, held against the evaluator, which shares no code with the prover, over random policies and requests.</summary>
public sealed class RewritePropertyTests
{
    private static readonly string[] ActionTexts = ["s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:Put*", "sqs:SendMessage", "*"];
    private static readonly string[] ResourceTexts = ["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x", "arn:aws:s3:::b/x*", "arn:aws:sqs:eu-west-1:111122223333:q"];
    private static readonly string[] Operators = ["StringEquals", "StringLike", "ForAllValues:StringEquals", "StringNotEquals"];
    private static readonly string[] Values = ["vpce-1", "vpce-*", "*"];
    private static readonly string[] Resources = ["arn:aws:s3:::b/x", "arn:aws:s3:::b/y", "arn:aws:s3:::c/x", "arn:aws:sqs:eu-west-1:111122223333:q"];
    private static readonly string[] Actions = ["s3:GetObject", "s3:PutObject", "s3:GetObjectAcl", "sqs:SendMessage"];

    private static readonly PolicyDocument Everything =
        PolicyReader.Read(new DocumentText(PolicyJson.Everything));

    private static readonly Gen<string> Statement = Gen.Select(
        Gen.Bool, Gen.Int[0, ActionTexts.Length - 1].Select(at => ActionTexts[at]).Array[1, 3],
            Gen.Int[0, ResourceTexts.Length - 1].Select(at => ResourceTexts[at]).Array[1, 3], Gen.Int[0, 3],
            Gen.Int[0, Operators.Length - 1].Select(at => Operators[at]), Gen.Int[0, Values.Length - 1].Select(at => Values[at]),
        (allow, actions, resources, hasCondition, comparison, value) =>
            $"{{\"Effect\": \"{(allow ? "Allow" : "Deny")}\", \"Action\": {JsonSerializer.Serialize(actions)}, \"Resource\": {JsonSerializer.Serialize(resources)}"
            + (hasCondition == 0 ? $", \"Condition\": {{\"{comparison}\": {{\"aws:SourceVpce\": \"{value}\"}}}}" : "") + "}");

    private static readonly Gen<string> Policy = Gen.Select(
        Gen.Bool, Statement.Array[1, 3],
            (hasVersion, statements) => $"{{{(hasVersion ? "\"Version\": \"2012-10-17\", " : "")}\"Statement\": [{string.Join(", ", statements)}]}}");

    [Fact]
    public void A_rewrite_does_to_the_requests_what_it_says()
    {
        int rewrites = 0, wider = 0;
        Policy.Each(
            300,
            policy =>
            {
                foreach (PolicyRewrite rewrite in PolicyChecks.Check(new DocumentText(policy), new PolicyContext(PolicyType.Identity),
                    TestContext.Current.CancellationToken)
                    .SelectMany(finding => PolicyRewrites.Of(new DocumentText(policy), new PolicyContext(PolicyType.Identity), finding)))
                {
                    Interlocked.Increment(ref rewrites);
                    Interlocked.Add(ref wider, rewrite.IsSafe ? 0 : 1);
                    PolicyDocument before = PolicyReader.Read(new DocumentText(policy)), after =
                        PolicyReader.Read(new DocumentText(PolicyEdit.Apply(policy, rewrite.Edits)));
                    bool deniesOnly = before.Statements.All(s => s.Effect == Effect.Deny);
                    foreach (AccessRequest request in Requests())
                    {
                        bool was = Allows(before, request, deniesOnly), now = Allows(after, request, deniesOnly);
                        Assert.False(rewrite.Relation == RewriteRelation.Equivalent && was != now, $"{rewrite.Description}\n{policy}\n{request}");
                        Assert.False(rewrite.Relation == RewriteRelation.Narrower && now && !was, $"{rewrite.Description}\n{policy}\n{request}");
                    }

                    if (rewrite.Witness is { Request: var shown })
                    {
                        // The question is about the document alone; a resource of another account would need that account's word, too.
                        AccessRequest own = shown with { ResourceAccount = shown.Principal.Account };
                        Assert.True(Allows(after, own, deniesOnly) && !Allows(before, own, deniesOnly), $"{rewrite.Description}\n{policy}");
                    }
                }
            });
        // A generator that makes none would prove nothing.
        Assert.True(rewrites > 100, $"{rewrites} rewrites");
        Assert.True(wider > 2, $"{wider} of them wider");
    }

    /// <summary>A proof may rest on what the service data say, and so on no action working on a resource of another service.</summary>
    private static IEnumerable<AccessRequest> Requests() =>
        from action in Actions
        from resource in Resources
        where resource.StartsWith("arn:aws:" + action.Split(':')[0], StringComparison.Ordinal)
        from endpoint in (string?[])[null, "vpce-1", "vpce-*", "vpce-2"]
        select new AccessRequest(
            CallerPrincipal.TryParse("arn:aws:iam::111122223333:user/a", PrincipalKind.User, out _)!, action, resource, "111122223333",
            endpoint is null ? [] : [new ContextEntry("aws:SourceVpce", "aws:sourcevpce", [endpoint])]);

    /// <summary>A policy of Deny statements only grants nothing; what a change of it does shows beside a policy that allows everything.</summary>
    private static bool Allows(PolicyDocument document, AccessRequest request, bool besideEverything) => Evaluator.Decide(
        PolicyStack.Empty with { IdentityPolicies = besideEverything ? ImmutableArray.Create(document, Everything) : ImmutableArray.Create(document) }, request,
            Reading.None).IsAllowed;
}
