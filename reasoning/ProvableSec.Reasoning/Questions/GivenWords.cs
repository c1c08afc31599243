using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// What a question was given, in words: the policies that take part, and what is said of those that do not. A layer that is not named here
/// was not given (docs/semantics.md, "Policies that are not given").
/// </summary>
internal static class GivenWords
{
    public static ImmutableArray<string> Of(Query asked)
    {
        Query meant = asked.Question == Question.NoPublicAccess ? asked : LoneDocuments.Meant(asked);
        return asked.Subject.Stack is { } stack ? Of(stack) : ImmutableArray.Create(OfDocument(asked, meant));
    }

    private static ImmutableArray<string> Of(PolicyStack stack)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            if (layer.Documents(stack) is { } levels)
            {
                words.Add(Of(layer, levels));
            }
            else if (layer.IsNone(stack))
            {
                words.Add($"no {layer.Words} (null)");
            }
        }

        if (stack.Organization is { } organization)
        {
            words.Add($"organization{(organization.Id is { } id ? " " + id : "")}" + (organization.Accounts.Count switch
            {
                0 => "",
                1 => " (1 account)",
                var count => $" ({count.ToString(CultureInfo.InvariantCulture)} accounts)",
            }));
        }

        if (stack.Account is { } account)
        {
            words.Add("account " + account);
        }

        return words.ToImmutable();
    }

    private static string OfDocument(Query asked, Query meant)
    {
        string type = QuestionNames.WordsOf(asked.Type);
        string one = (asked.Baseline is null ? "one document as " : "two documents, each as ") + type;
        return (asked.Type, meant.Subject.LetsThrough) switch
        {
            (PolicyType.ServiceControlPolicy, true) => one + " beside FullAWSAccess",
            (PolicyType.ServiceControlPolicy, false) when LoneDocuments.Assumption(meant) is not null => one + ", the only one of its level",
            (PolicyType.ResourceControlPolicy, true) => one + " beside RCPFullAWSAccess",
            (_, true) => one + " beside others that allow everything",
            _ => one,
        };
    }

    private static string Of(PolicyLayerInfo layer, ImmutableArray<ImmutableArray<PolicyDocument>> levels) => layer.Shape switch
    {
        PolicyLayerShape.One => layer.Words,
        PolicyLayerShape.List when levels[0].IsEmpty && layer.EmptyWords is { } empty => empty,
        PolicyLayerShape.List =>
            $"{(levels[0].Length == 1 ? layer.Words : layer.Words.Substring(0, layer.Words.Length - 1) + "ies")} ("
                + $"{levels[0].Length.ToString(CultureInfo.InvariantCulture)})",
        _ => $"{layer.Words} of {levels.Length.ToString(CultureInfo.InvariantCulture)} level{(levels.Length == 1 ? "" : "s")}",
    };
}
