using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Differences;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>A line of a difference in words, field by field: who, may what, on what, when, and what is excepted.</summary>
internal static class DifferenceWords
{
    /// <summary>The fields.</summary>
    public static IEnumerable<(string Name, string Value)> Of(DifferenceLine line)
    {
        Statement grant = line.Grant;
        if (grant.Principal is { } principal)
        {
            yield return ("who", Of(principal));
        }

        yield return ("may", AccessWords.Listed(grant.Action.Patterns.Select(p => p.Text), ", "));
        if (grant.Resource is { Patterns: not [{ Text: "*" }] } resource || grant.Principal is null)
        {
            yield return ("on", AccessWords.Listed(grant.Resource!.Patterns.Select(p => p.Text), ", "));
        }

        foreach (Condition condition in grant.Conditions)
        {
            yield return ("when", AccessWords.Of(condition));
        }

        foreach (Statement except in line.Except)
        {
            yield return ("except", AccessWords.Of(except) + Whom(except));
        }

        foreach (Statement already in line.Already)
        {
            yield return ("besides", AccessWords.Of(already) + Whom(already));
        }

        if (line.Undecided is { } reason)
        {
            yield return ("unknown", reason);
        }
    }

    /// <summary>The line in one sentence.</summary>
    public static string InOneLine(DifferenceLine line)
    {
        (string Name, string Value)[] fields = [.. Of(line)];
        string first = string.Join(" ", fields.Where(IsFirst).Select(field => field.Name == "who" ? field.Value : $"{field.Name} {field.Value}"));
        return string.Join("; ", fields.Where(field => !IsFirst(field)).Select(field => $"{field.Name} {field.Value}").Prepend(first));
    }

    private static bool IsFirst((string Name, string Value) field) => field.Name is "who" or "may" or "on";

    /// <summary>Whom a clause names.</summary>
    public static string Of(PrincipalClause clause) =>
        (clause.IsNot ? "everyone but " : "")
            + AccessWords.Listed(clause.Entries.Select(e => e.Kind == PrincipalEntryKind.Everyone || e is { Kind: PrincipalEntryKind.Aws, Value: "*" }
                ? "everyone" : e.Value), ", ");

    private static string Whom(Statement statement) => statement.Principal is { } principal ? $" for {Of(principal)}" : "";
}
