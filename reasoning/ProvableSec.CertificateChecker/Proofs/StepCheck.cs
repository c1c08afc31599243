namespace ProvableSec.CertificateChecker.Proofs;

/// <summary>
/// Whether a clause follows from others by unit propagation: its literals are taken to be false; each clause named then has one literal left, which
/// becomes true, until the last has none. Every clause named must be needed so.
/// </summary>
internal static class StepCheck
{
    /// <summary>Why the step does not follow, or null.</summary>
    /// <param name="literals">The clause to derive.</param>
    /// <param name="by">The clauses it is derived from, in the order in which they are used.</param>
    public static string? Refuse(IReadOnlyList<int> literals, IReadOnlyList<IReadOnlyList<int>> by)
    {
        var isTrue = new HashSet<int>(literals.Select(l => -l));
        for (int i = 0; i < by.Count; i++)
        {
            int[] left = [.. by[i].Where(l => !isTrue.Contains(-l))];
            if (left.Length == 0)
            {
                return i == by.Count - 1 ? null : "it follows before all that it names is used";
            }

            if (left.Length > 1)
            {
                return "a clause that it names leaves more than one literal open";
            }

            if (!isTrue.Add(left[0]))
            {
                return "a clause that it names says nothing new";
            }
        }

        return "what it names does not lead to it";
    }
}
