using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Reports;

/// <summary>A request for a person.</summary>
internal static class WitnessText
{
    public static string InOneLine(Witness witness)
    {
        AccessRequest request = witness.Request;
        string text = $"{request.Principal.Name} · {request.Action} · {request.Resource}";
        foreach (ContextEntry entry in request.Context)
        {
            text += entry.Values.IsEmpty ? $" · no {entry.Key}" : $" · {entry.Key} = {string.Join(", ", entry.Values)}";
        }

        return text;
    }

    /// <summary>The request as a table.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="indent">What each line begins with.</param>
    /// <param name="witness">The request.</param>
    /// <param name="absent">Keys worth telling that the request lacks.</param>
    public static void WriteTable(StyledText text, string indent, Witness witness, IReadOnlyCollection<string> absent)
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
            text.Write(indent + "  " + name.PadRight(width), StyledText.Quiet).Line(value);
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
}
