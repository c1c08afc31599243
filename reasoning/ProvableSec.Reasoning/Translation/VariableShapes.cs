using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// Compares patterns with policy variables by their shape: each variable is written as a mark that no text has, once without and once with a colon, since what
/// a wildcard of
/// one field takes depends on it. A text that the one pattern takes for some values is the same text with marks in the place of these values,
/// so what holds with marks holds with all values, if no single-character wildcard can take a part of a mark.
/// </summary>
internal static class VariableShapes
{
    private const long MostSteps = 20_000;

    // Both are taken apart and put together again.
    private const int WorkOfCharacter = 4;

    // Of Unicode's private use area.
    private const char FirstMark = '\uE100';

    private static readonly Reading[] ArnReadings = [Reading.InnerStarStopsAtColon, Reading.NoWildcardInServiceField, Reading.ShortArnMatchesNothing];

    /// <summary>Whether the one pattern takes whatever the other takes, whatever their variables stand for.</summary>
    /// <param name="wide">The one.</param>
    /// <param name="narrow">The other.</param>
    /// <param name="mode">How both are compared.</param>
    /// <param name="budget">Pays for the work.</param>
    public static bool Covers(PolicyPattern wide, PolicyPattern narrow, MatchMode mode, Budget budget)
    {
        budget.Spend(1);
        budget.SpendWork(WorkOfCharacter * (wide.Text.Length + narrow.Text.Length));
        string[] of = Variables(narrow), needed = Variables(wide);
        if (HasDefault(wide) || HasDefault(narrow) || !needed.All(v => Array.IndexOf(of, v) >= 0)
            || wide.Parts.Any(p => p.Kind == PatternPartKind.Text && p.Text.IndexOf('?') >= 0))
        {
            return false;
        }

        // Each variable is looked for among all.
        budget.SpendWork((long)of.Length * wide.Parts.Length);
        return ((bool[])[false, true]).All(colon => Covers(Marked(wide, of, mode, colon), Marked(narrow, of, mode, colon), budget));
    }

    private static bool Covers(TextSet wide, TextSet narrow, Budget budget)
    {
        int bits = (int)((wide.Sensitivity | narrow.Sensitivity) & ArnReadings.Aggregate(Reading.None, (all, one) => all | one));
        for (int readings = bits; ; readings = (readings - 1) & bits)
        {
            if (!Covers(wide, narrow, (Reading)readings, budget))
            {
                return false;
            }

            if (readings == 0)
            {
                return true;
            }
        }
    }

    private static bool Covers(TextSet wide, TextSet narrow, Reading readings, Budget budget)
    {
        var own = new Budget(MostSteps);
        bool covers;
        try
        {
            covers = ValueSearch.Find([narrow], [wide], readings, own, out _, out _) == ValueOutcome.None;
        }
        catch (BudgetExhaustedException)
        {
            covers = false;
        }

        budget.Spend(own.Spent);
        return covers;
    }

    private static TextSet Marked(PolicyPattern pattern, string[] variables, MatchMode mode, bool colon)
    {
        ImmutableArray<PatternPart> parts = PatternCompiler.Resolve(pattern,
            key => $"{(char)(FirstMark + (2 * Array.IndexOf(variables, key)))}{(colon ? ":" : "")}"
                + $"{(char)(FirstMark + 1 + (2 * Array.IndexOf(variables, key)))}")!.Value;
        return PatternCompiler.CompileResolved(parts, mode);
    }

    private static string[] Variables(PolicyPattern pattern) =>
        [.. pattern.Parts.Where(p => p.Kind == PatternPartKind.Variable).Select(p => p.Text.ToLowerInvariant()).Distinct()];

    private static bool HasDefault(PolicyPattern pattern) => pattern.Parts.Any(p => p.Kind == PatternPartKind.Variable && p.Default is not null);
}
