using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>A request for a person.</summary>
internal static class WitnessText
{
    public static string InOneLine(Witness witness) =>
        witness.SupposedInWords is { } supposed ? $"{witness.Request} · {supposed}" : witness.Request.ToString();

    /// <summary>The request as a table.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="indent">What each line begins with.</param>
    /// <param name="witness">The request.</param>
    /// <param name="absent">Keys worth naming that the request lacks.</param>
    public static void WriteTable(ExplanationText text, string indent, Witness witness, IReadOnlyCollection<string> absent)
    {
        AccessRequest request = witness.Request;
        List<(string Name, string Value)> rows =
        [
            ("principal", request.Principal.Name),
            ("action", request.Action),
            ("resource", request.Resource),
        ];
        if (request.ResourceAccount is { } account && !request.Resource.Contains($":{account}:", StringComparison.Ordinal))
        {
            rows.Add(("of account", account));
        }

        foreach (ContextEntry entry in request.Context.Where(entry => !entry.Values.IsEmpty))
        {
            rows.Add((entry.Key, string.Join(", ", entry.Values)));
        }

        rows.AddRange(request.Context.Where(entry => entry.Values.IsEmpty).Select(entry => entry.Key).Concat(absent)
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(key => (key, "(absent)")));
        int width = rows.Max(row => row.Name.Length) + 3;
        foreach ((string name, string value) in rows)
        {
            text.Write(indent + "  " + name.PadRight(width), TextTone.Quiet).Line(value);
        }

        if (witness is { SupposedInWords: { } supposed, SupposedResourcePolicy: { } policy })
        {
            text.Paragraph(indent, $"{char.ToUpperInvariant(supposed[0])}{supposed[1..]}: {Granted(policy.Statements[0])}.");
        }

        if (witness.OwnPoliciesAllow)
        {
            text.Line($"{indent}The caller's own policies, which are not given, must allow it too.");
        }

        if (witness.Readings != Reading.None)
        {
            text.Line($"{indent}This needs a less likely reading of AWS's documentation: {string.Join(", ", ReadingNames.Of(witness.Readings))}.");
        }
    }

    /// <summary>A statement of one action and one principal in words.</summary>
    private static string Granted(Statement statement)
    {
        string principal = string.Join(", ", statement.Principal!.Entries.Select(entry => entry.Value));
        string when = string.Join(" and ", statement.Conditions.Select(condition => $"{condition.Operator.Name} {condition.Key} {condition.Values[0].Text}"));
        return $"{statement.Effect} {statement.Action.Patterns[0].Text} to {principal}{(when.Length > 0 ? " if " + when : "")}";
    }
}
