namespace ProvableSec.Rules.Policies;

/// <summary>Texts of a list that another of the same list covers.</summary>
internal static class RedundantTexts
{
    public static void Report(IReadOnlyList<CheckedText> items, bool foldCase, CheckBudget budget, PolicyFindings findings)
    {
        var first = new Dictionary<string, int>(foldCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        CheckedText[] wide = [.. items.Where(item => item.IsKnown && item.HasWildcard)];
        for (int i = 0; i < items.Count; i++)
        {
            CheckedText item = items[i];
            if (!item.IsKnown)
            {
                continue;
            }

            if (first.TryGetValue(item.Text, out int before))
            {
                findings.Add(item.Element, $"{item.Shown} is already in the list, at {before}", items[before].Element);
                continue;
            }

            first.Add(item.Text, i);
            CheckedText? cover = Array.Find(wide, other => !SameText(other, item, foldCase) && GlobText.Covers(other.Text, item.Text, foldCase, budget)
                && (foldCase || CoversAsArn(other.Text, item.Text, budget))
                // Two that cover each other: the later one goes.
                && (!GlobText.Covers(item.Text, other.Text, foldCase, budget) || other.Element.Span.Start < item.Element.Span.Start));
            if (cover is not null)
            {
                findings.Add(item.Element, $"{item.Shown} is covered by {cover.Shown}", cover.Element);
            }
        }
    }

    /// <summary>
    /// Wildcards of a resource stay in their field but for a star at the end of one. So a pattern is sure to cover what it covers as a text where its one star
    /// is its last character; or where the fields before the last are the same, and the last has no colon that an inner star would have to run over.
    /// </summary>
    private static bool CoversAsArn(string pattern, string text, CheckBudget budget)
    {
        if (text.IndexOf("${", StringComparison.Ordinal) >= 0 || pattern.IndexOf("${", StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        int star = pattern.IndexOfAny(GlobText.Wildcards);
        if (star == pattern.Length - 1 && pattern[star] == '*')
        {
            return true;
        }

        return PolicyArn.TryParse(pattern) is { IsComplete: true } wide && PolicyArn.TryParse(text) is { IsComplete: true } narrow
            && wide.Partition == narrow.Partition && wide.Service == narrow.Service && wide.Region == narrow.Region && wide.Account == narrow.Account
            && narrow.Resource.IndexOf(':') < 0 && GlobText.Covers(wide.Resource, narrow.Resource, foldCase: false, budget)
            && (wide.Resource.EndsWith("*", StringComparison.Ordinal) || !narrow.Resource.EndsWith("*", StringComparison.Ordinal));
    }

    private static bool SameText(CheckedText a, CheckedText b, bool foldCase) =>
        string.Equals(a.Text, b.Text, foldCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
