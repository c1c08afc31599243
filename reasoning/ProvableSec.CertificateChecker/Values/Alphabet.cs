namespace ProvableSec.CertificateChecker.Values;

/// <summary>
/// The characters among which patterns can tell any difference: those they name, the digits and colon where a class speaks of them,
/// and one that stands for all the others.
/// </summary>
internal static class Alphabet
{
    private static readonly Lazy<ILookup<char, char>> ByLowerCase = new(() => Enumerable.Range(0, char.MaxValue + 1)
        .Select(i => (char)i)
        .Where(c => char.ToLowerInvariant(c) != c)
        .ToLookup(char.ToLowerInvariant));

    /// <summary>The characters that patterns name, by themselves or by a class.</summary>
    public static void AddNamed(IEnumerable<Place[]> patterns, ISet<char> to)
    {
        foreach (Place place in patterns.SelectMany(p => p))
        {
            switch (place.Kind)
            {
                case PlaceKind.Exact:
                    to.Add(place.Character);
                    break;
                case PlaceKind.Folded:
                    to.Add(place.Character);
                    to.UnionWith(ByLowerCase.Value[place.Character]);
                    break;
                case PlaceKind.AnyButColon or PlaceKind.StarButColon:
                    to.Add(':');
                    break;
                case PlaceKind.Digit:
                    to.UnionWith("0123456789");
                    break;
            }
        }
    }

    /// <summary>A character without case that none of these is.</summary>
    public static char Other(ICollection<char> named)
    {
        char other = '\uE000';
        while (named.Contains(other))
        {
            other++;
        }

        return other;
    }
}
