using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Corpus.Tests.Evaluation;

/// <summary>Every policy that AWS itself wrote is evaluated, on requests made from its own statements.</summary>
[Trait("Category", "Corpus")]
public sealed class EvaluationCorpusTests
{
    [Theory]
    [InlineData("data/aws-managed-policies.ndjson", 1515, 4000)]
    [InlineData("data/org-policy-examples.ndjson", 108, 30)]
    public void What_an_unconditional_Allow_names_is_allowed_and_what_a_Deny_names_is_denied(string file, int documents, int least)
    {
        int seen = 0, allows = 0, denies = 0;
        var surprises = new List<string>();
        foreach (string line in File.ReadLines(SharedData.Path(file)))
        {
            if (!JsonTreeReader.Read(new DocumentText(line)).Root.TryGetProperty("document", out JsonItem element))
            {
                continue;
            }

            PolicyDocument policy = PolicyReader.Read(element, []);
            PolicyStack stack = PolicyStack.Empty with { IdentityPolicies = [policy] };
            seen++;
            foreach (Statement statement in policy.Statements)
            {
                foreach (AccessRequest request in RequestsOf(statement))
                {
                    Decision decision = Evaluator.Decide(stack, request);
                    bool simple = statement.Conditions.IsEmpty && statement.Principal is null && !statement.Action.IsNot
                        && statement.Resource is { IsNot: false };
                    if (!simple)
                    {
                        continue;
                    }

                    if (statement.Effect == Effect.Deny)
                    {
                        denies++;
                        if (decision.Reason != DecisionReason.ExplicitDeny)
                        {
                            surprises.Add($"{request.Action} on {request.Resource} is not denied by statement {statement.Index}: {line[..80]}");
                        }
                    }
                    else
                    {
                        allows++;
                        bool denied = policy.Statements.Any(s => s.Effect == Effect.Deny);
                        if (!decision.IsAllowed && !(denied && decision.Reason == DecisionReason.ExplicitDeny))
                        {
                            surprises.Add($"{request.Action} on {request.Resource} is not allowed by statement {statement.Index}: {line[..80]}");
                        }
                    }
                }
            }
        }

        Assert.Empty(surprises);
        Assert.Equal(documents, seen);
        Assert.True(allows + denies >= least, $"{allows} allows and {denies} denies were checked");
    }

    /// <summary>The first and last action of a statement on its first resource, wildcards filled in.</summary>
    private static IEnumerable<AccessRequest> RequestsOf(Statement statement)
    {
        if (statement.Action.Patterns.IsEmpty || statement.Resource is not { Patterns: [PolicyPattern resource, ..] } || resource.HasVariables)
        {
            yield break;
        }

        // A caller of an account that the resource does not name would be an outsider to it.
        string[] fields = resource.Text.Split(':', 6);
        string account = fields is [_, _, _, _, { Length: 12 } named, _] && named.All(char.IsAsciiDigit) ? named : "111122223333";
        string filled = fields.Length == 6 ? string.Join(":", [.. fields[..4].Select(f => Filled(f, "eu")), Filled(fields[4], account), Filled(fields[5], "a")])
            : Filled(resource.Text, "a");
        string partition = fields.Length == 6 && fields[1].Length > 0 && !fields[1].Contains('*') ? fields[1] : "aws";
        filled = fields.Length == 6 && fields[1].Contains('*') ? "arn:aws:" + filled.Split(':', 3)[2] : filled;
        CallerPrincipal caller = CallerPrincipal.TryParse($"arn:{partition}:iam::{account}:user/somebody", null, out _)!;
        foreach (PolicyPattern action in (PolicyPattern[])[statement.Action.Patterns[0], statement.Action.Patterns[^1]])
        {
            string name = action.Text == "*" ? "s3:GetObject" : Filled(action.Text, "a");

            // What also needs a key, trust or auth policy does not depend on the identity policy alone; roles that AWS has made are AWS's to change.
            bool needsMore = ((string[])["kms:", "sts:", "vpc-lattice-svcs:"]).Any(service => name.StartsWith(service, StringComparison.OrdinalIgnoreCase));
            if (!needsMore && !filled.Contains(":role/aws-", StringComparison.Ordinal))
            {
                yield return new AccessRequest(caller, name, resource.Text == "*" ? "*" : filled, null, ImmutableArray<ContextEntry>.Empty);
            }
        }
    }

    private static string Filled(string pattern, string with) => pattern == "*" ? with : pattern.Replace("*", with, StringComparison.Ordinal).Replace('?', 'a');
}
