using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>What is allowed, in words.</summary>
public static class Access
{
    private const string ExampleAccount = "111122223333";

    /// <summary>
    /// The access of a user or role in words, a few lines for each grant, as <c>provablesec ask what-can</c> writes it: each line, and that there is no more,
    /// is proved.
    /// The same policies give the same text, so it can be kept as a file and reviewed when it changes: with Snapshooter, ApprovalTests, Verify or a plain
    /// comparison.
    /// </summary>
    /// <exception cref="PolicySourceException">What is allowed is known only at deployment, or depends on a session or endpoint policy.</exception>
    /// <example>
    /// <code>
    /// Assert.Equal(File.ReadAllText("app-role.access.txt"), Access.Snapshot(role));
    /// </code>
    /// </example>
    public static string Snapshot(PolicySubject subject)
    {
        string[] open = [.. (subject ?? throw new ArgumentNullException(nameof(subject))).Unknown, .. subject.UnknownLimits,
            .. subject.Variants.SelectMany(v => v.Open)];
        if (subject.Variants is not [var only] || open.Length > 0)
        {
            throw new PolicySourceException(
                $"what {subject.Name} allows is known only at deployment: {string.Join(", ", open.Length > 0 ? open : subject.Variants.Select(v => v.When))}");
        }

        PolicyStack stack = only.ToStack();
        if (stack.SessionPolicies is not null || !stack.VpcEndpointPolicies.IsEmpty || stack.ResourcePolicy is not null
            || stack.IdentityPolicies is not { } identity)
        {
            throw new PolicySourceException(
                $"the access of {subject.Name} is not listed: only that of identity policies with boundary and control policies is");
        }

        CallerPrincipal caller = subject.Caller ?? CallerPrincipal.TryParse($"arn:aws:iam::{stack.Account ?? ExampleAccount}:role/someone", null, out _)!;
        AccessAnswer answer = AccessFinder.Answer(new AccessQuestion
        {
            Dump = new AccountDump(
                ImmutableArray.Create(new AccountPrincipal { Caller = caller, IdentityPolicies = identity, PermissionsBoundary = stack.PermissionsBoundary }),
                ImmutableArray<PolicyProblem>.Empty,
                ImmutableArray<string>.Empty,
                IsComplete: true),
            Principal = caller.Name,
            Controls = new OrganizationControls(stack.Organization, Levels(stack.ServiceControlPolicies), Levels(stack.ResourceControlPolicies)),
        });
        var text = new StringBuilder();
        foreach (AccessLine line in answer.Lines.OrderBy(line => string.Join(" ", AccessWords.Of(line).Select(field => field.Value)), StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "");
            foreach ((string name, string value) in AccessWords.Of(line))
            {
                text.Append(name.PadRight(8)).Append(value).Append('\n');
            }
        }

        foreach (UndecidedAccess undecided in answer.Undecided)
        {
            text.Append("\nunknown ").Append(undecided.Reason).Append('\n');
        }

        return text.ToString();
    }

    private static ControlPolicies Levels(ImmutableArray<ImmutableArray<PolicyDocument>>? levels) => levels is null ? ControlPolicies.None
        : ControlPolicies.None with { Levels = levels };
}
