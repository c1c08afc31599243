namespace ProvableSec.Rules.Credentials;

/// <summary>Which findings in several texts are of one credential.</summary>
internal static class OneCredential
{
    /// <summary>
    /// Puts together the places that show the same value. Half a key belongs to the key that holds it. An ID and a secret that stand in different texts are
    /// two:
    /// no text says that they belong together. So are passwords: two that are alike need not be one.
    /// </summary>
    /// <param name="places">The findings, in order.</param>
    /// <param name="findingOf">What was found at a place.</param>
    /// <returns>For each credential its places, the most severe first and then in the order given; by their first places.</returns>
    public static IReadOnlyList<IReadOnlyList<T>> Group<T>(IReadOnlyList<T> places, Func<T, CredentialFinding> findingOf)
    {
        var wholes = new Dictionary<string, int>(StringComparer.Ordinal);
        var ofValue = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new List<List<T>>();
        var groupOf = new int[places.Count];
        // Whole keys come first, so that their halves find them wherever they stand.
        foreach (int i in Enumerable.Range(0, places.Count).OrderByDescending(i => findingOf(places[i]).Values.Length))
        {
            string whole = findingOf(places[i]).Values;
            string[] parts = whole.Split(' ');
            if (whole.Length == 0 || !(parts.Length == 1 ? ofValue : wholes).TryGetValue(whole, out int group))
            {
                group = groups.Count;
                groups.Add([]);
                wholes[whole] = group;
                foreach (string value in parts.Where(value => !ofValue.ContainsKey(value)))
                {
                    ofValue[value] = group;
                }
            }

            groupOf[i] = group;
        }

        for (int i = 0; i < places.Count; i++)
        {
            groups[groupOf[i]].Add(places[i]);
        }

        var order = Enumerable.Range(0, places.Count).Select(i => groupOf[i]).Distinct();
        return [.. order.Select(group => (IReadOnlyList<T>)[.. groups[group].OrderByDescending(place => findingOf(place).Severity)])];
    }
}
