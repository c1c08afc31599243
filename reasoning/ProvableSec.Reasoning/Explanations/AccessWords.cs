using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>A line of access in words, field by field: what somebody may, on what, when, and what is excepted.</summary>
internal static class AccessWords
{
    private const int MostShown = 8;

    /// <summary>The fields behind the principals.</summary>
    public static IEnumerable<(string Name, string Value)> Of(AccessLine line)
    {
        yield return ("may", Listed(line.Grant.Action.Patterns.Select(p => p.Text), ", "));
        yield return ("on", Listed(line.Grant.Resource!.Patterns.Select(p => p.Text), ", ") + (line.ResourceAccount is { } account ? $" of {account}" : ""));
        foreach (Condition condition in line.Grant.Conditions)
        {
            yield return ("when", Of(condition));
        }

        foreach (Statement except in line.Except)
        {
            yield return ("except", Of(except));
        }

        if (line.Undecided is { } reason)
        {
            yield return ("unknown", reason);
        }
    }

    /// <summary>What stops somebody.</summary>
    public static string Of(AccessStop stop)
    {
        string kind = stop.Layer switch
        {
            PolicyLayer.PermissionsBoundary => "permissions boundary",
            PolicyLayer.ServiceControlPolicies => "SCP",
            _ => "RCP",
        };
        string names = Listed(stop.Policies.Select(policy => policy.Source.Name).Distinct(), ", ");
        return stop switch
        {
            { Statement: { } statement } =>
                $"{kind} {names}, statement {(statement.Sid is { } sid ? $"\"{sid}\"" : (statement.Index + 1).ToString(CultureInfo.InvariantCulture))}",
            { Denies: true } => $"{kind} {names}, several statements together",
            { Layer: PolicyLayer.PermissionsBoundary } => $"{kind} in {names}, which does not allow it",
            _ => $"the {kind}s of level {stop.Level}, none of which allows it ({names})",
        };
    }

    /// <summary>Some texts, and how many more there are.</summary>
    public static string Listed(IEnumerable<string> texts, string separator)
    {
        string[] all = [.. texts];
        return Excerpt.Of(string.Join(separator, all.Take(MostShown)), int.MaxValue)
            + (all.Length > MostShown ? $"{separator}and {all.Length - MostShown} more" : "");
    }

    /// <summary>What a statement speaks of.</summary>
    public static string Of(Statement except)
    {
        bool all = except is { Action: { IsNot: false, Patterns: [{ Text: "*" }] }, Resource: null or { IsNot: false, Patterns: [{ Text: "*" }] } };
        string what = all && !except.Conditions.IsEmpty ? ""
            : $"{(except.Action.IsNot ? "all but " : "")}{Listed(except.Action.Patterns.Select(p => p.Text), ", ")} on "
                + $"{(except.Resource is { IsNot: true } ? "all but " : "")}{Listed(except.Resource?.Patterns.Select(p => p.Text) ?? ["*"], ", ")}";
        string when = string.Join(" and ", except.Conditions.Select(Of));
        return $"{what}{(what.Length > 0 && when.Length > 0 ? " " : "")}{(when.Length > 0 ? "when " + when : "")}"
            + $"{(except.Sid is { } sid ? $" \"{sid}\"" : "")}";
    }

    /// <summary>A condition.</summary>
    public static string Of(Condition condition) => $"{condition.Operator.Name} {condition.Key} {Listed(condition.Values.Select(v => $"\"{v.Text}\""), ", ")}";
}
