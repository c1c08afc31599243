using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>
/// What an attacker may suppose of a resource's policy that a stack does not give: anything that no assumption named by the answer rules out. The same
/// policy is supposed on both sides of a comparison.
/// </summary>
internal static class SupposedPolicies
{
    /// <summary>What is supposed, in words, the principal it speaks of, and the assumption that rules it out.</summary>
    private static readonly (string Name, string Effect, Func<CallerPrincipal, string> Principal, string? RuledOutBy)[] All =
    [
        ("a delegation to the caller's account", "Allow", c => $"arn:{c.Partition}:iam::{c.Account}:root", null),
        ("a grant to the caller itself", "Allow", c => c.Name, "no-direct-grants"),
        ("a Deny of everything", "Deny", _ => "*", "no-resource-obstacle"),
    ];

    /// <summary>The question as it is, and with every policy that may be supposed for a request of this caller.</summary>
    public static IEnumerable<(string Supposed, Query Query)> Of(Query query, Answer answer, CallerPrincipal caller)
    {
        yield return ("", query);
        if (!(IsOpen(query.Subject) || IsOpen(query.Baseline)) || caller.Account.Length == 0)
        {
            yield break;
        }

        foreach ((string name, string effect, Func<CallerPrincipal, string> principal, string? ruledOutBy) in All)
        {
            // Whoever asks what is granted supposes obstacles, and whoever asks that something is not supposes grants; the other of the two changes nothing.
            if ((ruledOutBy is null || !answer.Assumptions.Contains(ruledOutBy)) && (effect == "Deny") == (query.Question == Question.Granted))
            {
                yield return ($"supposing {name}", Supposing(query, Policy(effect, principal(caller))));
            }
        }
    }

    /// <summary>The question with a policy for the resource wherever a stack does not give one.</summary>
    public static Query Supposing(Query query, PolicyDocument? policy) => policy is null ? query :
        query with { Subject = With(query.Subject, policy), Baseline = query.Baseline is { } baseline ? With(baseline, policy) : null };

    private static bool IsOpen(Subject? subject) => subject?.Stack is { ResourcePolicy: null, HasNoResourcePolicy: false };

    private static Subject With(Subject subject, PolicyDocument policy) => IsOpen(subject) ? Subject.Of(subject.Stack! with { ResourcePolicy = policy })
        : subject;

    private static PolicyDocument Policy(string effect, string principal) => PolicyReader.Read(new DocumentText(
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Principal":{"AWS":{{{JsonSerializer.Serialize(principal)}}}},"Action":"*","Resource":"*"}}"""));
}
