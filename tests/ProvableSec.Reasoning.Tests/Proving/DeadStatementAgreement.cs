using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Holds the statements that are called dead against the evaluator: without any one of them, the same requests are allowed.</summary>
internal static class DeadStatementAgreement
{
    /// <summary>What is wrong with an answer to <see cref="Question.NoDeadStatement"/>, or null.</summary>
    public static string? Disagreement(Query query, Answer answer, int requests, Random random)
    {
        if (answer.Verdict == Verdict.Violated && answer.Because.IsEmpty)
        {
            return "violated, but no statement is named";
        }

        foreach (Because dead in answer.Because)
        {
            Query without = query with { Question = Question.Equivalent, Baseline = Without(query.Subject, dead) };
            Answer same = answer with { Verdict = Verdict.Holds };
            if (Agreement.Disagreement(without, same, requests / answer.Because.Length, random, cut: true) is { } problem)
            {
                return $"statement {dead.Statement!.Index} of {dead.Slot} is called dead, but {problem}";
            }
        }

        return null;
    }

    private static Subject Without(Subject subject, Because dead)
    {
        if (subject.Document is { } alone)
        {
            return Subject.Of(Cut(alone));
        }

        PolicyStack stack = subject.Stack!;
        PolicySlot slot = dead.Slot!.Value;
        return Subject.Of(slot.Layer switch
        {
            PolicyLayer.IdentityPolicies => stack with { IdentityPolicies = At(stack.IdentityPolicies!.Value) },
            PolicyLayer.PermissionsBoundary => stack with { PermissionsBoundary = Cut(stack.PermissionsBoundary!) },
            PolicyLayer.SessionPolicies => stack with { SessionPolicies = At(stack.SessionPolicies!.Value) },
            PolicyLayer.ResourcePolicy => stack with { ResourcePolicy = Cut(stack.ResourcePolicy!) },
            PolicyLayer.VpcEndpointPolicies => stack with { VpcEndpointPolicies = At(stack.VpcEndpointPolicies) },
            PolicyLayer.ServiceControlPolicies => stack with { ServiceControlPolicies = Level(stack.ServiceControlPolicies!.Value) },
            _ => stack with { ResourceControlPolicies = Level(stack.ResourceControlPolicies!.Value) },
        });

        PolicyDocument Cut(PolicyDocument document) =>
            new(document.Source, document.Version, document.NamesVersion, document.Id, document.Statements.Remove(dead.Statement!), document.Problems);

        ImmutableArray<PolicyDocument> At(ImmutableArray<PolicyDocument> documents) => documents.SetItem(slot.Index, Cut(documents[slot.Index]));

        ImmutableArray<ImmutableArray<PolicyDocument>> Level(ImmutableArray<ImmutableArray<PolicyDocument>> levels) =>
            levels.SetItem(slot.Level, At(levels[slot.Level]));
    }
}
