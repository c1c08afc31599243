using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>The keys of a request with very many, by their names without regard to case.</summary>
internal sealed class ListedKeys
{
    /// <summary>From this many keys on, finding one by its name is worth an index.</summary>
    public const int Many = 64;

    private readonly Dictionary<string, (int First, int Last)> places = new(StringComparer.Ordinal);

    public ListedKeys(ImmutableArray<ContextEntry> context)
    {
        for (int i = 0; i < context.Length; i++)
        {
            string name = Folded(context[i].FoldedKey.AsSpan(), default);
            places[name] = (places.TryGetValue(name, out (int First, int Last) known) ? known.First : i, i);
        }
    }

    /// <summary>The first and the last place of a key, given in two parts; both -1 where there is none.</summary>
    public (int First, int Last) Find(ReadOnlySpan<char> prefix, ReadOnlySpan<char> rest) =>
        places.TryGetValue(Folded(prefix, rest), out (int First, int Last) found) ? found : (-1, -1);

    private static string Folded(ReadOnlySpan<char> prefix, ReadOnlySpan<char> rest)
    {
        char[] folded = new char[prefix.Length + rest.Length];
        for (int i = 0; i < folded.Length; i++)
        {
            folded[i] = CaseFold.Of(i < prefix.Length ? prefix[i] : rest[i - prefix.Length]);
        }

        return new string(folded);
    }
}
