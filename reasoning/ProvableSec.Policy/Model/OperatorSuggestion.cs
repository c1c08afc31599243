using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>Finds the condition operator that was probably meant. Set operator, comparison and <c>IfExists</c> are guessed one by one.</summary>
internal static class OperatorSuggestion
{
    private static readonly string[] SetOperators = [nameof(SetOperator.ForAllValues), nameof(SetOperator.ForAnyValue)];

    /// <summary>The suggestion as the end of a message, or nothing.</summary>
    public static string For(string name)
    {
        int colon = name.IndexOf(':');
        string? set = "";
        if (colon >= 0)
        {
            set = Spelling.Nearest(name.Substring(0, colon), SetOperators);
        }

        string rest = name.Substring(colon + 1);
        // No operator has IfExists on Null, so it is not among the candidates.
        string? comparison = rest.Equals("NullIfExists", StringComparison.OrdinalIgnoreCase)
            ? nameof(ConditionComparison.Null)
            : Spelling.Nearest(rest, ConditionOperator.ComparisonNames.Concat(
                ConditionOperator.ComparisonNames.Where(c => c != nameof(ConditionComparison.Null)).Select(c => c + "IfExists")));
        return set is null || comparison is null ? "" : $"; did you mean \"{set}{(colon >= 0 ? ":" : "")}{comparison}\"?";
    }
}
