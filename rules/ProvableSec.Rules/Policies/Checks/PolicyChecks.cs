using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Everything that is checked about a policy.</summary>
public static class PolicyChecks
{
    /// <summary>The rules, by id.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [.. AllChecks.InOrder.Select(check => check.Rule)];

    /// <summary>Checks a text.</summary>
    /// <param name="source">A policy as JSON; what is not known of it is marked (<see cref="UnknownText"/>).</param>
    /// <param name="context">What is known about it.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>In the order of the text. A text that is not JSON has findings about that only.</returns>
    public static IReadOnlyList<PolicyFinding> Check(DocumentText source, PolicyContext context, CancellationToken cancellation = default) =>
        Check(source, context, out _, cancellation);

    /// <summary>Checks a text, and tells what the prover did for it.</summary>
    /// <param name="source">A policy as JSON.</param>
    /// <param name="context">What is known about it.</param>
    /// <param name="steps">Engine steps of all questions.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<PolicyFinding> Check(DocumentText source, PolicyContext context, out long steps, CancellationToken cancellation = default)
    {
        JsonTree json = JsonTreeReader.Read(source ?? throw new ArgumentNullException(nameof(source)));
        var policy = new CheckedPolicy(json.Root, context ?? throw new ArgumentNullException(nameof(context)), cancellation);
        var findings = new PolicyFindings();
        bool isJson = json.Problems.All(problem => !problem.IsError);
        bool isTooLong = PolicySize.WithoutWhiteSpace(policy) > PolicySize.MostChecked;
        var unfinished = new List<PolicyCheck>();
        foreach (PolicyCheck check in AllChecks.InOrder.Concat(policy.Context.OwnChecks.Where(own => own.AppliesTo(policy.Type))
            .Select(own => new DeniedAccessCheck(own))))
        {
            cancellation.ThrowIfCancellationRequested();
            if ((isJson || check is JsonSyntaxErrorCheck) && (!isTooLong || check.TakesAnyLength))
            {
                findings.Rule = check.Rule;
                policy.Budget.Renew();
                try
                {
                    check.Check(policy, findings);
                }
                catch (CheckBudgetException)
                {
                    unfinished.Add(check);
                }
            }
        }

        if (unfinished.Count > 0)
        {
            findings.Rule = AllChecks.InOrder.OfType<UncheckedPolicyCheck>().Single().Rule;
            UncheckedPolicyCheck.Report(policy, unfinished, findings);
        }

        steps = policy.Proved.Steps;
        return StatementAnchors.Of(policy).Added(findings.InOrder());
    }
}
